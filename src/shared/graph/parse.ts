import type { z } from 'zod';
import type { Problem } from './checked-graph.ts';
import { type Graph, graphSchema } from './document.ts';
import { isDeeperThan } from './json-depth.ts';
import { findJsonError } from './json-error.ts';
import { type JsonObject, MIGRATIONS, migrate } from './migrations/migrate.ts';

/** What a file turned out to be. Every failure carries its problems, each a sentence. */
export type ParsedGraph =
  | { readonly kind: 'ok'; readonly graph: Graph }
  /** Damaged JSON, or JSON of something else. */
  | { readonly kind: 'not-weft'; readonly problems: readonly Problem[] }
  /** Written by a newer Weft; it must not be written over. */
  | { readonly kind: 'newer'; readonly version: number; readonly problems: readonly Problem[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** The version of the format that this Weft writes. */
export const FORMAT_VERSION = MIGRATIONS.length + 1;

/** Reads the text of a `*.weft.json` file. Never throws; the graph holds everything that the text does. */
export function parseGraph(text: string): ParsedGraph {
  // JSON allows no byte order mark, but editors on Windows write one.
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return notWeft(describeDamage(json));
  }
  if (!isObject(document) || typeof document.weft !== 'number') {
    return notWeft('The file is JSON, but no Weft graph, for it has no "weft" version: open a *.weft.json file.');
  }
  const version = document.weft;
  if (!Number.isInteger(version) || version < 1) {
    return notWeft(`The file says "weft": ${version}, which is no version of a Weft graph: open another file.`);
  }
  if (version > FORMAT_VERSION) {
    const message = `The graph has format ${version}, and this Weft knows formats up to ${FORMAT_VERSION}: update Weft to open it.`;
    return { kind: 'newer', version, problems: [{ code: 'E_GRAPH_NEWER', message, path: 'weft' }] };
  }
  if (isDeeperThan(document, MAX_DEPTH)) {
    return invalid([{ path: '', message: `The graph is nested deeper than ${MAX_DEPTH} levels: open another file.` }]);
  }
  const migrated = migrate(document, version);
  const checked = graphSchema.safeParse(migrated);
  if (!checked.success) return invalid(checked.error.issues.map(faultOf));
  // The schema only looks: its own output would not keep the order of the keys.
  return { kind: 'ok', graph: migrated as unknown as Graph };
}

/** Far beyond what a graph needs, and shallow enough for code that walks a value recursively. */
const MAX_DEPTH = 200;

function notWeft(message: string): ParsedGraph {
  return { kind: 'not-weft', problems: [{ code: 'E_GRAPH_PARSE', message }] };
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

function invalid(faults: readonly Fault[]): ParsedGraph {
  return { kind: 'invalid', problems: faults.map((fault) => ({ code: 'E_GRAPH_INVALID', ...fault })) };
}

function describeDamage(json: string): string {
  if (json.trim() === '') return 'The file is empty: open another file, or bring back an earlier version of this one.';
  const error = findJsonError(json);
  const place = error === null ? '' : ` at line ${error.line}, column ${error.column}, where ${error.found} stands`;
  return `The file is damaged, for it is no JSON${place}: correct it there, or bring back an earlier version.`;
}

function faultOf(issue: z.core.$ZodIssue): Fault {
  const path = issue.path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    return before === '' ? String(key) : `${before}.${String(key)}`;
  }, '');
  return { path, message: `"${path}" must be ${neededBy(issue)}: correct it there.` };
}

function neededBy(issue: z.core.$ZodIssue): string {
  // The only lists of a certain length are points and sizes.
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'a pair of numbers';
  return (issue.code === 'invalid_type' ? NEEDED[issue.expected] : undefined) ?? issue.message;
}

const NEEDED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a pair of numbers',
  object: 'an object',
  record: 'an object',
};

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
