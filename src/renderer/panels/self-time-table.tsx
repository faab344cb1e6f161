import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatDuration } from '../run/describe-run.ts';
import { showNode } from '../run/show-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { type SelfTime, type Span, selfTimes } from './timeline.ts';
import { VirtualRows } from './virtual-rows.tsx';

type Column = 'node' | 'calls' | 'total' | 'mean' | 'max';

const COLUMNS: readonly { readonly id: Column; readonly label: string; readonly width: string }[] = [
  { id: 'node', label: 'Node', width: 'min-w-0 flex-1' },
  { id: 'calls', label: 'Calls', width: 'w-14' },
  { id: 'total', label: 'Self time', width: 'w-28' },
  { id: 'mean', label: 'Mean', width: 'w-20' },
  { id: 'max', label: 'Longest', width: 'w-20' },
];

/** What each node cost. A click on a column sorts by it, on a row goes to the node. */
export function SelfTimeTable({ spans }: { spans: readonly Span[] }) {
  const graph = useOpenGraph();
  const [order, setOrder] = useState<{ by: Column; up: boolean }>({ by: 'total', up: false });
  const rows = useMemo(() => sorted(selfTimes(spans), order.by, order.up), [spans, order]);
  return (
    <div className="flex w-[26rem] shrink-0 flex-col">
      <div className="flex h-6 shrink-0 items-center border-line border-b px-3">
        {COLUMNS.map(({ id, label, width }) => (
          <button
            key={id}
            type="button"
            aria-label={`Sort by ${label}`}
            aria-pressed={order.by === id}
            onClick={() => setOrder({ by: id, up: order.by === id ? !order.up : id === 'node' })}
            className={`flex items-center gap-0.5 text-dim hover:text-fg ${width} ${id === 'node' ? '' : 'justify-end'}`}
          >
            {label}
            {order.by === id && (order.up ? <ArrowUp className="size-3" /> : <ArrowDown className="size-3" />)}
          </button>
        ))}
      </div>
      <VirtualRows
        count={rows.length}
        label="Self times"
        row={(index) => <Row time={rows[index]} onShow={() => showNode(graph, rows[index].node)} />}
      />
    </div>
  );
}

function Row({
  time: { node, calls, total, mean, max, share, isolate },
  onShow,
}: {
  time: SelfTime;
  onShow: () => void;
}) {
  return (
    <button
      type="button"
      className="tabular relative flex h-6 w-full items-center px-3 text-left hover:bg-hover"
      onClick={onShow}
    >
      <span aria-hidden className="absolute inset-y-1 left-0 bg-accent-soft" style={{ width: `${share * 100}%` }} />
      <span className="relative min-w-0 flex-1 truncate">
        {node}
        {isolate !== null && <span className="text-dim"> · {isolate}</span>}
      </span>
      <span className="relative w-14 text-right font-mono text-2xs">{calls}</span>
      <span className="relative w-28 text-right font-mono text-2xs">
        {formatDuration(total)} · {Math.round(share * 100)} %
      </span>
      <span className="relative w-20 text-right font-mono text-2xs text-dim">{formatDuration(mean)}</span>
      <span className="relative w-20 text-right font-mono text-2xs text-dim">{formatDuration(max)}</span>
    </button>
  );
}

function sorted(times: readonly SelfTime[], by: Column, up: boolean): SelfTime[] {
  const sign = up ? 1 : -1;
  return times.toSorted((a, b) => sign * (by === 'node' ? a.node.localeCompare(b.node) : a[by] - b[by]));
}
