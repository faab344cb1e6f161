import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { formatSample } from './format-value.ts';
import { type Cell, type Order, sortedRows } from './table-rows.ts';
import { useElementSize } from './use-element-size.ts';

interface ValueTableProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that there are; more than are shown of a very long table. */
  readonly total: number;
  readonly order: Order | null;
  onOrder(order: Order | null): void;
}

/** A table of any length: only the rows in view are there. A click on a column sorts by it, another turns it round. */
export function ValueTable({ label, columns, rows, total, order, onOrder }: ValueTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const [top, setTop] = useState(0);
  const sorted = useMemo(() => sortedRows(rows, order), [rows, order]);
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN);
  const last = Math.min(sorted.length, Math.ceil((top + (size?.height ?? 0)) / ROW_HEIGHT) + MARGIN);
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto"
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      >
        <table
          aria-label={label}
          aria-rowcount={rows.length + 1}
          className="w-full table-fixed border-collapse font-mono text-2xs"
          style={{ minWidth: columns.length * COLUMN_WIDTH }}
        >
          <thead className="sticky top-0 z-10 bg-raised">
            <tr aria-rowindex={1}>
              {columns.map((column, index) => (
                <ColumnHeader
                  key={column}
                  column={column}
                  isNumber={typeof rows.at(0)?.[index] === 'number'}
                  direction={order?.column === index ? (order.up ? 'ascending' : 'descending') : 'none'}
                  onSort={() => onOrder({ column: index, up: order?.column === index ? !order.up : true })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap rows={first} columns={columns.length} />
            {sorted.slice(first, last).map((row, k) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their places.
              <tr key={first + k} aria-rowindex={first + k + 2} className="h-6 hover:bg-hover">
                {columns.map((column, index) => (
                  <td
                    key={column}
                    data-selectable
                    className={`tabular truncate px-2 ${typeof row[index] === 'number' ? 'text-right' : ''}`}
                  >
                    {textOf(row[index])}
                  </td>
                ))}
              </tr>
            ))}
            <Gap rows={sorted.length - last} columns={columns.length} />
          </tbody>
        </table>
      </div>
      {total > rows.length && (
        <p className="border-line border-t px-2 py-1 text-2xs text-dim">
          The first {rows.length} of {total} rows.
        </p>
      )}
    </div>
  );
}

interface ColumnHeaderProps {
  readonly column: string;
  /** Numbers stand at the right of their column, and so does its name. */
  readonly isNumber: boolean;
  readonly direction: 'ascending' | 'descending' | 'none';
  readonly onSort: () => void;
}

function ColumnHeader({ column, isNumber, direction, onSort }: ColumnHeaderProps) {
  return (
    <th scope="col" aria-sort={direction} className="h-6 p-0 font-medium">
      <button
        type="button"
        className={`flex h-6 w-full items-center gap-0.5 border-line border-b px-2 text-dim hover:text-fg ${isNumber ? 'justify-end' : ''}`}
        onClick={onSort}
      >
        <span className="truncate">{column}</span>
        {direction === 'ascending' && <ArrowUp aria-hidden className="size-3 shrink-0" />}
        {direction === 'descending' && <ArrowDown aria-hidden className="size-3 shrink-0" />}
      </button>
    </th>
  );
}

/** The room of rows that are not there because they are out of view. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden style={{ height: rows * ROW_HEIGHT }}>
      <td colSpan={columns} />
    </tr>
  );
}

/** CSS pixels */
const ROW_HEIGHT = 24;
const COLUMN_WIDTH = 72;
/** Rows kept ready above and below. */
const MARGIN = 6;

function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? formatSample(cell) : String(cell);
}
