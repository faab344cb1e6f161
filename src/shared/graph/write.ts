import type { Graph } from './document.ts';

/**
 * The text of a graph file: the same graph always gives the same text, and a node or wire takes one line, so that a
 * moved node changes one line in a diff. Keys that Weft knows come in a fixed order, others after them in their own.
 * Reading the text gives an equal graph.
 */
export function writeGraph(graph: Graph): string {
  return `${writeBody(graph as unknown as JsonRecord, '')}\n`;
}

type JsonRecord = Readonly<Record<string, unknown>>;

const BODY_KEYS = ['weft', 'name', 'description', 'nodes', 'wires', 'after', 'frames', 'notes', 'graphs'];

/** Known keys of the elements of each list, in the order in which they are written. */
const ELEMENT_KEYS: Readonly<Record<string, readonly string[]>> = {
  nodes: ['id', 'type', 'params', 'bypass', 'policy', 'ui'],
  wires: ['from', 'to', 'ui'],
  after: ['from', 'to'],
  frames: ['at', 'size', 'title', 'colour'],
  notes: ['at', 'size', 'text'],
};
const POLICY_KEYS = ['attempts', 'wait', 'backoff', 'retryOn', 'timeout', 'onError', 'keep'];
const UI_KEYS = ['at', 'size', 'title', 'collapsed', 'locked', 'viewer', 'beside', 'via'];

function writeBody(body: JsonRecord, indent: string): string {
  const inner = `${indent}  `;
  const entries = entriesInOrder(body, BODY_KEYS).map(([key, value]) => {
    return `${inner}${JSON.stringify(key)}: ${writePart(key, value, inner)}`;
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

function writePart(key: string, value: unknown, indent: string): string {
  const inner = `${indent}  `;
  const order = Object.hasOwn(ELEMENT_KEYS, key) ? ELEMENT_KEYS[key] : undefined;
  if (order !== undefined && Array.isArray(value) && value.length > 0) {
    const lines = value.map((element) => `${inner}${writeElement(element, order)}`);
    return `[\n${lines.join(',\n')}\n${indent}]`;
  }
  if (key === 'graphs' && isRecord(value)) {
    const graphs = entriesInOrder(value, []).map(([name, body]) => {
      return `${inner}${JSON.stringify(name)}: ${isRecord(body) ? writeBody(body, inner) : writeValue(body)}`;
    });
    return graphs.length === 0 ? '{}' : `{\n${graphs.join(',\n')}\n${indent}}`;
  }
  return writeValue(value);
}

function writeElement(element: unknown, order: readonly string[]): string {
  if (!isRecord(element)) return writeValue(element);
  return writeRecord(element, order, (key, value) => {
    if (key === 'policy' && isRecord(value)) return writeRecord(value, POLICY_KEYS);
    return key === 'ui' && isRecord(value) ? writeRecord(value, UI_KEYS) : writeValue(value);
  });
}

function writeRecord(
  record: JsonRecord,
  order: readonly string[],
  write: (key: string, value: unknown) => string = (_, value) => writeValue(value),
): string {
  const entries = entriesInOrder(record, order).map(([key, value]) => `${JSON.stringify(key)}: ${write(key, value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  if (isRecord(value)) return writeRecord(value, []);
  // JSON can write it, and JSON.parse reads it, but JSON.stringify drops the sign.
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

function entriesInOrder(record: JsonRecord, order: readonly string[]): [string, unknown][] {
  const known = order.filter((key) => Object.hasOwn(record, key));
  const others = Object.keys(record).filter((key) => !order.includes(key));
  return [...known, ...others]
    .map((key): [string, unknown] => [key, record[key]])
    .filter(([, value]) => value !== undefined);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
