import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { checkGraph } from '../../shared/graph/check.ts';
import type { CheckedGraph, Problem } from '../../shared/graph/checked-graph.ts';
import type { Graph, GraphNode } from '../../shared/graph/document.ts';
import { parseGraph } from '../../shared/graph/parse.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { GraphRequest } from '../../shared/protocol/engine-calls.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import type { Registry } from '../registry/registry.ts';
import { readablePath } from './absolute-path.ts';
import { readModelSignature } from './model-signature.ts';

/** A graph that was asked for, read and checked. */
export interface OpenedGraph {
  /** File or name, for people. */
  readonly name: string;
  /** Where the graph's relative paths start. */
  readonly folder: string;
  readonly checked: CheckedGraph;
  /** The graph that was checked, with what the request sets; null when there is none. */
  readonly graph: Graph | null;
}

/** Reads and checks a graph. What is wrong with it, the file included, is among the problems of the result. */
export async function openGraph(request: GraphRequest, registry: Registry): Promise<OpenedGraph> {
  const { graph: asked } = request;
  if ('document' in asked) return check(asked.document, asked.document.name ?? '', asked.folder, request, registry);
  const folder = dirname(resolve(asked.path));
  const text = await readText(asked.path);
  if (text instanceof WeftError) return refused(asked.path, folder, [{ code: text.code, message: text.message }]);
  const parsed = parseGraph(text);
  if (parsed.kind !== 'ok') return refused(asked.path, folder, parsed.problems);
  return check(parsed.graph, asked.path, folder, request, registry);
}

async function readText(path: string): Promise<string | WeftError> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return new WeftError('E_FILE_MISSING', `${path} is not there: correct the path.`);
    if (code === 'EISDIR') return new WeftError('E_GRAPH_PARSE', `${path} is a folder: name a *.weft.json file in it.`);
    return new WeftError('E_FILE_READ', `${path} could not be read (${code}): check its rights.`);
  }
}

function refused(name: string, folder: string, problems: readonly Problem[]): OpenedGraph {
  return { name, folder, graph: null, checked: { nodes: [], problems, notes: [], inputs: [], outputs: [] } };
}

async function check(
  document: Graph,
  name: string,
  folder: string,
  request: GraphRequest,
  registry: Registry,
): Promise<OpenedGraph> {
  const { graph, problems } = withSettings(document, request, registry);
  const inputs = request.inputs === undefined ? undefined : absoluteInputs(graph, request.inputs, request);
  const models = new Map<string, ModelSignature | null>();
  const checkOnce = () =>
    checkGraph(graph, (id) => registry.signature(id), {
      inputs,
      types: () => registry.catalogue().map(({ id }) => id),
      modelSignature(path) {
        const file = readablePath(path, folder);
        const known = models.get(file);
        if (known === undefined) models.set(file, null);
        return known ?? undefined;
      },
    });
  let checked = checkOnce();
  if (models.size > 0) {
    // The first check found out which model files matter; with their signatures types reach further.
    for (const path of models.keys()) models.set(path, await signatureOf(path));
    checked = checkOnce();
  }
  const found = checked.problems.map((problem) => withReason(problem, graph, registry));
  return { name, folder, graph, checked: { ...checked, problems: [...problems, ...found] } };
}

/** A node that is there and could not be loaded is told as that, and not as unknown. */
function withReason(problem: Problem, graph: Graph, registry: Registry): Problem {
  const type = graph.nodes.find(({ id }) => id === problem.node)?.type;
  const failure = problem.code === 'E_NODE_UNKNOWN' && type !== undefined ? registry.failure(type) : undefined;
  return failure === undefined ? problem : { ...problem, code: failure.code, message: failure.message };
}

/** Null for a file that is no model or one nobody can run: the node that loads it reports that, with all there is to say. */
async function signatureOf(path: string): Promise<ModelSignature | null> {
  try {
    return await readModelSignature(path);
  } catch (error) {
    if (error instanceof WeftError) return null;
    throw error;
  }
}

/** The graph with the literals that the request sets. */
function withSettings(document: Graph, request: GraphRequest, registry: Registry) {
  const problems: Problem[] = [];
  const nodes = document.nodes.map((node) => ({ ...node, params: { ...node.params } }));
  for (const { node: id, pin, value } of request.params ?? []) {
    const node = nodes.find((candidate) => candidate.id === id);
    const signature = node && registry.signature(node.type);
    const input = signature?.inputs.find(({ name }) => name === pin);
    if (node === undefined) {
      const names = nodes.map((candidate) => candidate.id).join(', ');
      problems.push({
        code: 'E_INPUT_UNKNOWN',
        node: id,
        message: `There is no node ${id} to set: use one of ${names}.`,
      });
    } else if (signature !== undefined && input === undefined) {
      const names = signature.inputs.map(({ name }) => name).join(', ');
      problems.push({
        code: 'E_INPUT_UNKNOWN',
        node: id,
        pin,
        message: `${id} has no pin \`${pin}\` to set: use one of ${names}.`,
      });
    } else if (document.wires?.some(({ to }) => to === `${id}.${pin}`) === true) {
      const message = `\`${pin}\` of ${id} is wired, and a wire wins over a value: set what the wire comes from.`;
      problems.push({ code: 'E_PIN_OCCUPIED', node: id, pin, message });
    } else {
      node.params[pin] = input?.type.kind === 'path' && input.access !== 'write' ? absolute(value, request) : value;
    }
  }
  if (request.backend !== undefined) {
    for (const node of nodes) {
      const leavesOpen = (node.params.backend ?? 'auto') === 'auto';
      const hasPin = registry.signature(node.type)?.inputs.some(({ name }) => name === 'backend') === true;
      if (leavesOpen && hasPin) node.params.backend = request.backend;
    }
  }
  return { graph: { ...document, nodes }, problems };
}

/** Paths among the graph's inputs are given relative to the caller's folder, not to the graph's. */
function absoluteInputs(
  graph: Graph,
  set: Readonly<Record<string, JsonValue>>,
  request: GraphRequest,
): Record<string, JsonValue> {
  const inputs: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(set)) {
    const isPath = graph.nodes.some((node) => isPathInput(node, name));
    inputs[name] = isPath ? absolute(value, request) : value;
  }
  return inputs;
}

function isPathInput({ type, params }: GraphNode, name: string): boolean {
  return type.startsWith('io/input@') && params?.name === name && params.type === 'path';
}

function absolute(value: JsonValue, { cwd }: GraphRequest): JsonValue {
  return typeof value === 'string' && cwd !== undefined ? readablePath(value, cwd) : value;
}
