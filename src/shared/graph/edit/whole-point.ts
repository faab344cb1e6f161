import type { Point } from '../document.ts';

/** To whole canvas units, so that files stay readable. */
export function wholePoint([x, y]: Point): Point {
  return [Math.round(x), Math.round(y)];
}

/** The same for the place and size among some changes. */
export function wholeBox<T extends { readonly at?: Point; readonly size?: Point }>(changes: T): T {
  const { at, size } = changes;
  return {
    ...changes,
    ...(at === undefined ? {} : { at: wholePoint(at) }),
    ...(size === undefined ? {} : { size: wholePoint(size) }),
  };
}
