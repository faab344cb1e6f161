import type { Size } from './family.ts';

/** One cell of a feature map: its column and row, and the pixels of the input from one to the next. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly stride: number;
}

/** The cells of feature maps in the order in which models list them: stride by stride, row by row. */
export function* gridCells({ width, height }: Size, strides: readonly number[]): Generator<Cell> {
  for (const stride of strides) {
    const columns = Math.ceil(width / stride);
    const rows = Math.ceil(height / stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) yield { column, row, stride };
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
