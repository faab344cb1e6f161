import type { Graph, GraphNode, Point, Wire } from '../../src/shared/graph/document.ts';

/** As many nodes as an editor has to bear, and 3,000 links between them: the same for each side. */
export const NODE_COUNT = 2000;

const COLUMNS = 50;
/** Canvas units from one node to the next; Weft's nodes, 220 wide, just do not touch. */
const SPACING: Point = [250, 180];

export function placeOf(node: number): Point {
  return [(node % COLUMNS) * SPACING[0], Math.floor(node / COLUMNS) * SPACING[1]];
}

/** A connection of two nodes, by their indices, and which of the second one's inputs it goes into. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly input: 0 | 1;
}

/** All nodes in a chain, and those that take two connected to one that lies a row above. */
export function links(): Link[] {
  const indices = Array.from({ length: NODE_COUNT }, (_, i) => i);
  const chain = indices.slice(1).map((to): Link => ({ from: to - 1, to, input: 0 }));
  const across = indices.filter(takesTwo).map((to): Link => ({ from: Math.max(0, to - COLUMNS), to, input: 1 }));
  return [...chain, ...across];
}

/** The graph for Weft, of nodes that people use: every other one blurs a picture or lays one over another. */
export function weftGraph(): Graph {
  const nodes = Array.from({ length: NODE_COUNT }, (_, i): GraphNode => {
    const at = placeOf(i);
    if (i === 0) return { id: idOf(i), type: 'io/input@1', params: { name: 'picture', type: 'image' }, ui: { at } };
    return { id: idOf(i), type: takesTwo(i) ? 'image/blend@1' : 'image/blur@1', ui: { at } };
  });
  const wires = links().map(
    ({ from, to, input }): Wire => ({
      from: `${idOf(from)}.${outputOf(from)}`,
      to: `${idOf(to)}.${inputOf(to, input)}`,
    }),
  );
  return { weft: 1, name: 'stress', nodes, wires };
}

function idOf(node: number): string {
  return `node${node}`;
}

/** 1,001 of 2,000: a chain of them has 1,999 links. */
function takesTwo(node: number): boolean {
  return node % 2 === 1 || node === 2;
}

function outputOf(node: number): string {
  return node === 0 ? 'value' : 'image';
}

function inputOf(node: number, input: 0 | 1): string {
  if (!takesTwo(node)) return 'image';
  return input === 0 ? 'base' : 'top';
}
