import type { Size } from './family.ts';

/** `index`: number of the cell among all. `stride`: pixels of the input from one cell to the next. */
type CellVisitor = (index: number, column: number, row: number, stride: number) => void;

/** The cells of feature maps in the order in which models list them: stride by stride, row by row. */
export function forEachCell({ width, height }: Size, strides: readonly number[], visit: CellVisitor): void {
  let index = 0;
  for (const stride of strides) {
    const columns = Math.ceil(width / stride);
    const rows = Math.ceil(height / stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) visit(index++, column, row, stride);
    }
  }
}

interface OpenSize {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** How many cells there are; undefined where the size is open. */
export function cellCount(size: Size, strides: readonly number[]): number;
export function cellCount(size: OpenSize, strides: readonly number[]): number | undefined;
export function cellCount({ width, height }: OpenSize, strides: readonly number[]): number | undefined {
  if (width === undefined || height === undefined) return undefined;
  return strides.reduce((sum, stride) => sum + Math.ceil(width / stride) * Math.ceil(height / stride), 0);
}
