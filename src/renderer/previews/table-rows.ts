import type { PreviewContent } from '../../shared/protocol/preview.ts';

export type Cell = number | string | boolean | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that there are. */
  readonly total: number;
}

/** By which column a table is sorted. */
export interface Order {
  readonly column: number;
  readonly up: boolean;
}

/** What is seen at a pin as a table; null for what is none. */
export function tableOf(content: PreviewContent): Table | null {
  switch (content.kind) {
    case 'table':
      return content;
    case 'detections':
      return {
        columns: ['label', 'score', 'class', 'left', 'top', 'right', 'bottom'],
        rows: content.detections.map(({ label, score, classId, box }) => [label, score, classId, ...box]),
        total: content.total,
      };
    case 'list':
      return {
        columns: ['', 'value'],
        rows: content.items.map(({ type, text }, index) => [index, cellOf(text ?? type)]),
        total: content.total,
      };
    default:
      return null;
  }
}

/** Numbers by size, before texts, before nothing; in their order where they are equal. */
export function sortedRows<R extends readonly Cell[]>(rows: readonly R[], order: Order | null): readonly R[] {
  if (order === null) return rows;
  const { column, up } = order;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column] ?? null, b[column] ?? null];
    // Empty cells stay at the end whichever way the others go.
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return up ? compare(x, y) : compare(y, x);
  });
}

/** Rows as lines and cells between tabs, with the names of the columns: what spreadsheets take from the clipboard. */
export function tsvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) =>
    cells.map((cell) => String(cell ?? '').replaceAll(/[\t\r\n]+/g, ' ')).join('\t');
  return [line(columns), ...rows.map(line)].join('\n');
}

/** The items of a list are told as JSON. */
function cellOf(text: string): Cell {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? text : number;
}

function compare(a: Exclude<Cell, null>, b: Exclude<Cell, null>): number {
  if (typeof a === 'number' && typeof b === 'number') {
    // NaN is no number to compare: it comes last.
    return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b;
  }
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
