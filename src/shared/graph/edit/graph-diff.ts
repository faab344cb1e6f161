import type { Graph } from '../document.ts';

/**
 * What differs between two versions of a document that share all they have in common: the elements touched, before and
 * after, never the lists and graphs around them.
 */
export type GraphDiff = RecordDiff;

/** Towards the version `after`, or back to `before`. */
export type DiffDirection = 'forward' | 'back';

export type Diff = ValueDiff | ListDiff | RecordDiff;

/** A key that is absent has the value undefined. */
export interface ValueDiff {
  readonly kind: 'value';
  readonly before: unknown;
  readonly after: unknown;
}

/** An element that was changed is removed and inserted at the same place. */
export interface ListDiff {
  readonly kind: 'list';
  /** By places in the list before. */
  readonly removed: readonly Placed[];
  /** By places in the list after. */
  readonly inserted: readonly Placed[];
}

export interface RecordDiff {
  readonly kind: 'record';
  /** The keys in their order, where that differs. */
  readonly keys: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
  readonly changed: ReadonlyMap<string, Diff>;
}

export interface Placed {
  readonly index: number;
  readonly element: unknown;
}

/** Compares by identity, so its cost is that of walking the lists that were touched. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  return diffRecords(before as unknown as JsonRecord, after as unknown as JsonRecord);
}

/** The other version, exactly: the elements are the very same objects. */
export function applyDiff(diff: GraphDiff, graph: Graph, direction: DiffDirection): Graph {
  return applyToRecord(diff, graph as unknown as JsonRecord, direction) as unknown as Graph;
}

type JsonRecord = Readonly<Record<string, unknown>>;

function diffRecords(before: JsonRecord, after: JsonRecord): RecordDiff {
  const keysBefore = Object.keys(before);
  const keysAfter = Object.keys(after);
  const changed = new Map<string, Diff>();
  for (const key of new Set([...keysBefore, ...keysAfter])) {
    const was = entryOf(before, key);
    const is = entryOf(after, key);
    if (was !== is) changed.set(key, diffValues(was, is));
  }
  const sameKeys = keysBefore.length === keysAfter.length && keysBefore.every((key, index) => key === keysAfter[index]);
  return { kind: 'record', keys: sameKeys ? null : { before: keysBefore, after: keysAfter }, changed };
}

/** `__proto__` is a key like any other in a file. */
function entryOf(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function diffValues(before: unknown, after: unknown): Diff {
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after);
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after);
  return { kind: 'value', before, after };
}

function diffLists(before: readonly unknown[], after: readonly unknown[]): Diff {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;

  const kept = new Set(after.slice(start, after.length - tail));
  const had = new Set(before.slice(start, before.length - tail));
  const removed = placed(before, start, tail, (element) => !kept.has(element));
  const inserted = placed(after, start, tail, (element) => !had.has(element));
  const diff: ListDiff = { kind: 'list', removed, inserted };
  // Neither elements that changed their order nor one that is in the list twice can be told this way.
  const rebuilt = applyToList(diff, before, 'forward');
  const isExact = rebuilt.length === after.length && rebuilt.every((element, index) => element === after[index]);
  return isExact ? diff : { kind: 'value', before, after };
}

function placed(
  list: readonly unknown[],
  start: number,
  tail: number,
  isTouched: (element: unknown) => boolean,
): Placed[] {
  const found: Placed[] = [];
  for (let index = start; index < list.length - tail; index++) {
    if (isTouched(list[index])) found.push({ index, element: list[index] });
  }
  return found;
}

function applyToValue(diff: Diff, value: unknown, direction: DiffDirection): unknown {
  switch (diff.kind) {
    case 'value':
      return direction === 'forward' ? diff.after : diff.before;
    case 'list':
      return applyToList(diff, value as readonly unknown[], direction);
    case 'record':
      return applyToRecord(diff, value as JsonRecord, direction);
  }
}

function applyToRecord({ keys, changed }: RecordDiff, record: JsonRecord, direction: DiffDirection): JsonRecord {
  const order = keys === null ? Object.keys(record) : direction === 'forward' ? keys.after : keys.before;
  return Object.fromEntries(
    order.map((key) => {
      const value = entryOf(record, key);
      const diff = changed.get(key);
      return [key, diff === undefined ? value : applyToValue(diff, value, direction)];
    }),
  );
}

function applyToList(diff: ListDiff, list: readonly unknown[], direction: DiffDirection): unknown[] {
  const [out, into] = direction === 'forward' ? [diff.removed, diff.inserted] : [diff.inserted, diff.removed];
  const result: unknown[] = [];
  let from = 0;
  let nextOut = 0;
  const keepUntil = (length: number) => {
    for (; result.length < length && from < list.length; from++) {
      if (out[nextOut]?.index === from) nextOut++;
      else result.push(list[from]);
    }
  };
  for (const { index, element } of into) {
    keepUntil(index);
    result.push(element);
  }
  keepUntil(Number.POSITIVE_INFINITY);
  return result;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
