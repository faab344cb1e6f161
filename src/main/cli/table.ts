import { stripVTControlCharacters } from 'node:util';

/** Rows in columns as wide as their widest cell, each line ended; colours in cells take no width. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column] - width(cell)))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}

function width(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}
