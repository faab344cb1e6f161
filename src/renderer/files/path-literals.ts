import type { Graph, GraphBody } from '../../shared/graph/document.ts';
import type { BodyName } from '../../shared/graph/edit/graph-draft.ts';
import { isGraphInput } from '../../shared/graph/interface.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';

/** The path of a file or folder that stands in a graph. */
export interface PathLiteral {
  readonly body: BodyName;
  readonly node: string;
  readonly pin: string;
  readonly path: string;
  readonly access: 'read' | 'write';
}

/** Every path in a document, graphs used as nodes included. Names of models, as `bundled:shapes`, are no paths. */
export function pathLiterals(graph: Graph, catalogue: ReadonlyMap<string, NodeSignature>): PathLiteral[] {
  const nested = Object.entries(graph.graphs ?? {}).flatMap(([name, body]) => inBody(name, body, catalogue));
  return [...inBody(null, graph, catalogue), ...nested];
}

/** `/data/a.jpg` and `C:\data\a.jpg`. */
export function isAbsolutePath(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function inBody(body: BodyName, { nodes }: GraphBody, catalogue: ReadonlyMap<string, NodeSignature>): PathLiteral[] {
  return nodes.flatMap((node) => {
    const { id, type, params = {} } = node;
    const pins = isGraphInput(node) ? [GRAPH_DEFAULT] : (catalogue.get(type)?.inputs ?? []).filter(isPath);
    if (isGraphInput(node) && params.type !== 'path') return [];
    return pins.flatMap(({ name, access = 'read' }) => {
      const path = Object.hasOwn(params, name) ? params[name] : undefined;
      return typeof path === 'string' && isFile(path) ? [{ body, node: id, pin: name, path, access }] : [];
    });
  });
}

/** The default of an input of the graph is a path when the input's declared type is. */
const GRAPH_DEFAULT = { name: 'default', access: 'read' } as const;

function isPath({ type }: NodeSignature['inputs'][number]): boolean {
  return type.kind === 'path';
}

/** `bundled:NAME` and names of the model catalogue (`yolox_nano`) stand for files, but are none. */
function isFile(path: string): boolean {
  return !path.startsWith('bundled:') && /[/\\.]/.test(path);
}
