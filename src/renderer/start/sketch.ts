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
}

/** From the right side of one box to the left side of another. */
export interface SketchLine {
  readonly key: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Size of every box. */
export const BOX_WIDTH = 220;
export const BOX_HEIGHT = 120;

/** Null for a graph without nodes that have a place. */
export function sketchOf({ nodes, wires = [] }: GraphBody): Sketch | null {
  const boxes = new Map<string, SketchBox>();
  for (const { id, type, ui } of nodes) {
    if (ui?.at === undefined) continue;
    boxes.set(id, { id, category: type.slice(0, type.indexOf('/')), x: ui.at[0], y: ui.at[1] });
  }
  const placed = [...boxes.values()];
  if (placed.length === 0) return null;
  const lines = wires.flatMap(({ from, to }): SketchLine[] => {
    const source = boxes.get(nodeOf(from));
    const target = boxes.get(nodeOf(to));
    if (source === undefined || target === undefined) return [];
    const middle = BOX_HEIGHT / 2;
    return [
      { key: `${from}→${to}`, from: [source.x + BOX_WIDTH, source.y + middle], to: [target.x, target.y + middle] },
    ];
  });
  const left = Math.min(...placed.map(({ x }) => x));
  const top = Math.min(...placed.map(({ y }) => y));
  return {
    boxes: placed,
    lines,
    left,
    top,
    width: Math.max(...placed.map(({ x }) => x)) + BOX_WIDTH - left,
    height: Math.max(...placed.map(({ y }) => y)) + BOX_HEIGHT - top,
  };
}

/** The node of a wire's end, `node.pin` or `node` alone. */
function nodeOf(end: string): string {
  const dot = end.indexOf('.');
  return dot < 0 ? end : end.slice(0, dot);
}
