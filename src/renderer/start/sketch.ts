import type { GraphBody } from '../../shared/graph/document.ts';

/** A graph as boxes and lines, in canvas units; x to the right, y down. */
export interface Sketch {
  readonly boxes: readonly SketchBox[];
  readonly lines: readonly SketchLine[];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface SketchBox {
  readonly id: string;
  readonly category: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** From the right side of one box to the left side of another. */
export interface SketchLine {
  readonly key: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

export const BOX_WIDTH = 220;
export const BOX_HEIGHT = 120;
export const COLLAPSED_HEIGHT = 48;

/** Null for a graph without nodes that have a place. */
export function sketchOf({ nodes, wires = [] }: GraphBody): Sketch | null {
  const boxes = new Map<string, SketchBox>();
  for (const { id, type, ui } of nodes) {
    if (ui?.at === undefined) continue;
    const [x, y] = ui.at;
    const height = ui.collapsed ? COLLAPSED_HEIGHT : BOX_HEIGHT;
    boxes.set(id, { id, category: type.slice(0, type.indexOf('/')), x, y, height });
  }
  const placed = [...boxes.values()];
  if (placed.length === 0) return null;
  const lines = wires.flatMap(({ from, to }): SketchLine[] => {
    const source = boxes.get(nodeOf(from));
    const target = boxes.get(nodeOf(to));
    if (source === undefined || target === undefined) return [];
    const key = `${from}→${to}`;
    return [{ key, from: [source.x + BOX_WIDTH, middleOf(source)], to: [target.x, middleOf(target)] }];
  });
  const left = Math.min(...placed.map(({ x }) => x));
  const top = Math.min(...placed.map(({ y }) => y));
  return {
    boxes: placed,
    lines,
    left,
    top,
    width: Math.max(...placed.map(({ x }) => x)) + BOX_WIDTH - left,
    height: Math.max(...placed.map(({ y, height }) => y + height)) - top,
  };
}

function middleOf({ y, height }: SketchBox): number {
  return y + height / 2;
}

/** The node of a wire's end, `node.pin` or `node` alone. */
function nodeOf(end: string): string {
  const dot = end.indexOf('.');
  return dot < 0 ? end : end.slice(0, dot);
}
