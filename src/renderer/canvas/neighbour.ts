export type Direction = 'left' | 'right' | 'up' | 'down';

/** What lies on the canvas, in canvas units. */
interface Placed {
  readonly id: string;
  readonly position: { readonly x: number; readonly y: number };
  readonly width?: number;
  readonly height?: number;
}

/**
 * The box to which the focus goes in a direction: the nearest one, where straight ahead counts more than aside. From
 * nothing it goes to the one at the top left. Null where there is none.
 */
export function neighbourOf(boxes: readonly Placed[], from: string | null, direction: Direction): string | null {
  const start = boxes.find(({ id }) => id === from);
  if (start === undefined) return least(boxes, ({ position: { x, y } }) => x + y);
  const [sx, sy] = centreOf(start);
  return least(boxes, (box) => {
    const [x, y] = centreOf(box);
    const [ahead, aside] = {
      left: [sx - x, y - sy],
      right: [x - sx, y - sy],
      up: [sy - y, x - sx],
      down: [y - sy, x - sx],
    }[direction];
    // What lies far to the side is in another direction.
    return box === start || ahead <= 0 || Math.abs(aside) > 2 * ahead
      ? Number.POSITIVE_INFINITY
      : ahead + 2 * Math.abs(aside);
  });
}

function centreOf({ position: { x, y }, width = 0, height = 0 }: Placed): readonly [number, number] {
  return [x + width / 2, y + height / 2];
}

function least(boxes: readonly Placed[], cost: (box: Placed) => number): string | null {
  let best: string | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const its = cost(box);
    if (its < lowest) [best, lowest] = [box.id, its];
  }
  return best;
}
