import { z } from 'zod';
import type { JsonValue } from '../../../node-api/pins.ts';
import { findJsonError } from '../../json-error.ts';
import type { ProblemList } from '../../problem-list.ts';

/** A workflow file of wf-engine, as far as its form is right. */
export interface Workflow {
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** Settings that are there, by name. */
  readonly settings: Readonly<Record<string, JsonValue>>;
  readonly nodes: readonly WorkflowNode[];
}

export interface WorkflowNode {
  readonly id: string;
  /** Dotted path of a Python function; undefined when it is missing, which has been said. */
  readonly function: string | undefined;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Ids of the nodes it waits for, in the order of the file. */
  readonly dependencies: readonly string[];
  /** The node as it stands in the file. */
  readonly original: Readonly<Record<string, JsonValue>>;
  /** Place in the file: `nodes[3]`. */
  readonly path: string;
}

const headForm = z.looseObject({
  name: z.string().nullish(),
  description: z.string().nullish(),
  settings: z.record(z.string(), z.json()).nullish(),
});

const inputsForm = z.record(z.string(), z.json());
const idsForm = z.array(z.string());
const textForm = z.string().min(1);

/** Reads the form of a workflow. Null for a text that is none at all; a node without an id is left out, and told. */
export function readWorkflow(text: string, problems: ProblemList): Workflow | null {
  const document = parseJson(text, problems);
  if (document === undefined) return null;
  if (!isRecord(document) || !Array.isArray(document.nodes)) {
    const what = isRecord(document) && 'weft' in document ? 'a Weft graph already' : 'no workflow of wf-engine';
    const message = `The file is JSON, but ${what}, for it has no list "nodes" of steps: open another file.`;
    problems.add('E_GRAPH_PARSE', message, {});
    return null;
  }
  if ('weft' in document) {
    problems.add('E_GRAPH_PARSE', 'The file is a Weft graph already: open it as it is.', { path: 'weft' });
    return null;
  }
  const reader = new FormReader(problems);
  const head = reader.read(headForm, document.workflow ?? {}, 'workflow');
  const nodes = document.nodes.flatMap((node: JsonValue, index) => readNode(node, `nodes[${index}]`, reader));
  return {
    name: head?.name ?? undefined,
    description: head?.description ?? undefined,
    settings: head?.settings ?? {},
    nodes,
  };
}

function readNode(node: JsonValue, path: string, reader: FormReader): WorkflowNode[] {
  if (!isRecord(node)) {
    reader.report(path, node, 'an object');
    return [];
  }
  const id = reader.read(textForm, node.id, `${path}.id`);
  const name = reader.read(textForm, node.function, `${path}.function`);
  const inputs = reader.read(inputsForm, node.inputs ?? {}, `${path}.inputs`) ?? {};
  // Both keys are in use; a file may have both.
  const dependencies = ['depends_on', 'dependencies'].flatMap(
    (key) => reader.read(idsForm, node[key] ?? [], `${path}.${key}`) ?? [],
  );
  if (id === undefined) return [];
  return [{ id, function: name, inputs, dependencies: [...new Set(dependencies)], original: node, path }];
}

/** Checks parts of the document one by one, so that a mistake in one does not hide those in others. */
class FormReader {
  readonly #problems: ProblemList;

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  read<T>(form: z.ZodType<T>, value: unknown, path: string): T | undefined {
    const { data, error } = form.safeParse(value);
    for (const { path: inside, ...issue } of error?.issues ?? []) {
      const place = inside.reduce<string>(
        (before, key) => (typeof key === 'number' ? `${before}[${key}]` : `${before}.${String(key)}`),
        path,
      );
      const found = inside.reduce<unknown>(
        (part, key) => (isRecord(part) || Array.isArray(part) ? Reflect.get(part, key) : undefined),
        value,
      );
      this.report(place, found, issue.code === 'invalid_type' ? (NEEDED[issue.expected] ?? issue.expected) : 'a text');
    }
    return data;
  }

  report(path: string, value: unknown, needed: string): void {
    const message =
      value === undefined ? `"${path}" is missing: add it.` : `"${path}" must be ${needed}: correct it there.`;
    this.#problems.add('E_GRAPH_INVALID', message, { path });
  }
}

const NEEDED: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list of ids',
  object: 'an object',
  record: 'an object',
};

function parseJson(text: string, problems: ProblemList): JsonValue | undefined {
  // Editors on Windows write a byte order mark, which JSON does not allow.
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    const error = findJsonError(json);
    const place = error === null ? '' : ` at line ${error.line}, column ${error.column}, where ${error.found} stands`;
    problems.add('E_GRAPH_PARSE', `The file is no JSON${place}: correct it there, or open another file.`, {});
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
