import { formatSample } from './format-value.ts';

/** A table of values, cut to what fits. */
export function Rows({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly unknown[])[] }) {
  return (
    <table className="tabular border-collapse font-mono text-2xs" data-selectable>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} className="sticky top-0 bg-raised pr-3 text-left font-medium text-dim">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their places.
          <tr key={index}>
            {columns.map((column, place) => (
              <td key={column} className="max-w-48 truncate pr-3">
                {cell(row[place])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cell(value: unknown): string {
  if (typeof value === 'number') return formatSample(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
