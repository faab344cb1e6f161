import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { PinRef, PinView } from '../../shared/protocol/preview.ts';
import { notify, notifyError } from '../announce/notices.ts';
import { IconButton } from '../ui/button.tsx';
import { JsonView } from './json-view.tsx';
import { NumberPlot } from './number-plot.tsx';
import { PinValue } from './pin-value.tsx';
import { usePinView } from './pin-views.ts';
import { type Order, sortedRows, type Table, tableOf, tsvOf } from './table-rows.ts';
import { ValueTable } from './value-table.tsx';
import { VIEWER_TOOLS } from './viewer-tools.ts';

interface ValueViewerProps {
  readonly pin: PinRef;
  readonly title: string;
  /** Further buttons of the viewer. */
  readonly children: React.ReactNode;
}

/** The value of a pin as a table, a plot over time, a tree, or as it is told at the pin; fills its element. */
export function ValueViewer({ pin, title, children }: ValueViewerProps) {
  const view = usePinView(pin, 0, WHOLE_VALUE);
  const [order, setOrder] = useState<Order | null>(null);
  const table = view?.state === 'value' ? tableOf(view.preview.content) : null;
  return (
    <div className="group relative size-full min-h-0 overflow-hidden bg-inset">
      <Value view={view} table={table} title={title} order={order} onOrder={setOrder} />
      <div className={VIEWER_TOOLS}>
        {table !== null && (
          <IconButton icon={Copy} label="Copy the table" onClick={() => void copy(table, order).catch(notifyError)} />
        )}
        {children}
      </div>
    </div>
  );
}

const WHOLE_VALUE = { whole: true };

interface ValueProps {
  readonly view: PinView | null;
  readonly table: Table | null;
  readonly title: string;
  readonly order: Order | null;
  onOrder(order: Order | null): void;
}

function Value({ view, table, title, order, onOrder }: ValueProps) {
  if (table !== null) return <ValueTable label={`Table of ${title}`} {...table} order={order} onOrder={onOrder} />;
  const preview = view?.state === 'value' ? view.preview : null;
  if (preview?.series != null) return <NumberPlot series={preview.series} label={`Plot of ${title}`} />;
  return (
    <div className="nowheel size-full overflow-auto p-2">
      {preview?.content.kind === 'json' ? <JsonView root={preview.content.root} /> : <PinValue view={view} />}
    </div>
  );
}

async function copy({ columns, rows }: Table, order: Order | null): Promise<void> {
  await navigator.clipboard.writeText(tsvOf(columns, sortedRows(rows, order)));
  notify({ tone: 'done', sentence: `Copied ${rows.length === 1 ? 'one row' : `${rows.length} rows`} as a table.` });
}
