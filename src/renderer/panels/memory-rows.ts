import type { NodeMemory, RunMemory, ValueHolder } from '../../shared/protocol/run-report.ts';

/** A line of the table: a node, one of its pins, or what it keeps. */
export interface MemoryRow {
  readonly node: string;
  /** Null for the node as a whole. */
  readonly pin: string | null;
  /** It belongs to the node of a line above. */
  readonly isPart: boolean;
  readonly bytes: number;
  /** Null where only what is kept now is known. */
  readonly peakBytes: number | null;
  /** In words, as `a waiting node, the cache`. */
  readonly heldBy: string;
}

export type MemoryOrder = 'node' | 'bytes' | 'peakBytes';

/** Nodes in this order, each with its pins; a node with a single pin is one line with it. */
export function memoryRows({ nodes }: RunMemory, by: MemoryOrder, up: boolean): MemoryRow[] {
  const sign = up ? 1 : -1;
  const byName = (a: NodeMemory, b: NodeMemory) => a.node.localeCompare(b.node);
  const sorted = nodes.toSorted((a, b) => sign * (by === 'node' ? byName(a, b) : a[by] - b[by]) || byName(a, b));
  return sorted.flatMap(rowsOf);
}

function rowsOf({ node, bytes, peakBytes, keptBytes, pins }: NodeMemory): MemoryRow[] {
  const isPart = keptBytes > 0 || pins.length !== 1;
  const parts = pins.map(
    ({ holders, ...pin }): MemoryRow => ({
      node,
      ...pin,
      isPart,
      heldBy: holders.map((holder) => WORDS[holder]).join(', '),
    }),
  );
  if (keptBytes > 0) {
    const heldBy = 'the node, from call to call';
    parts.push({ node, pin: 'kept', isPart, bytes: keptBytes, peakBytes: null, heldBy });
  }
  return isPart ? [{ node, pin: null, isPart: false, bytes, peakBytes, heldBy: '' }, ...parts] : parts;
}

const WORDS: Readonly<Record<ValueHolder, string>> = {
  waiting: 'nodes that wait',
  cache: 'the cache',
  preview: 'to be looked at',
};
