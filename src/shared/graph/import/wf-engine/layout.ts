import type { GraphNode, Point } from '../../document.ts';
import type { StepWire } from './step-builder.ts';

const COLUMN = 280;
const ROW = 160;

/** Places for the nodes of a graph without cycles: each right of those that it gets something from. */
export function withPlaces(nodes: readonly GraphNode[], wires: readonly StepWire[]): GraphNode[] {
  const sources = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of wires) sources.get(to.node)?.push(from.node);
  const columns = new Map<string, number>();
  const heights: number[] = [];
  return nodes.map((node) => {
    const column = columnOf(node.id, sources, columns);
    const row = heights[column] ?? 0;
    heights[column] = row + 1;
    const at: Point = [column * COLUMN, row * ROW];
    return { ...node, ui: { at, ...node.ui } };
  });
}

/** Iterative, for a chain may be long. */
function columnOf(id: string, sources: ReadonlyMap<string, readonly string[]>, columns: Map<string, number>): number {
  const stack = [id];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const before = sources.get(top) ?? [];
    const open = before.filter((source) => !columns.has(source));
    stack.push(...open);
    if (open.length > 0) continue;
    stack.pop();
    columns.set(top, Math.max(-1, ...before.map((source) => columns.get(source) ?? 0)) + 1);
  }
  return columns.get(id) ?? 0;
}
