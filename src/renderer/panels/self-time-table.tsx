import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunProfile } from '../../shared/protocol/run-report.ts';
import { formatDuration } from '../run/describe-run.ts';
import { showNode } from '../run/show-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { type SelfTime, selfTimes } from './self-times.ts';
import { VirtualRows } from './virtual-rows.tsx';

type Column = 'node' | 'calls' | 'total' | 'self' | 'mean' | 'p95' | 'share';

const COLUMNS: readonly {
  readonly id: Column;
  readonly label: string;
  readonly help: string;
  readonly width: string;
}[] = [
  { id: 'node', label: 'Node', help: 'Node', width: 'min-w-0 flex-1' },
  { id: 'calls', label: 'Calls', help: 'Calls', width: 'w-12' },
  { id: 'total', label: 'Total', help: 'Time in all calls', width: 'w-16' },
  { id: 'self', label: 'Self', help: 'Time without the work of other processes, and the wait for them', width: 'w-16' },
  { id: 'mean', label: 'Mean', help: 'Mean time of a call', width: 'w-16' },
  { id: 'p95', label: 'p95', help: 'Time that 95 of 100 calls do not exceed', width: 'w-16' },
  { id: 'share', label: 'Share', help: 'Share of the time of all nodes', width: 'w-12' },
];

/** What each node cost. A click on a column sorts by it, on a row goes to the node. */
export function SelfTimeTable({ profile }: { profile: RunProfile }) {
  const graph = useOpenGraph();
  const [order, setOrder] = useState<{ by: Column; up: boolean }>({ by: 'total', up: false });
  const rows = useMemo(() => sorted(selfTimes(profile), order.by, order.up), [profile, order]);
  return (
    <>
      <div className="flex h-6 shrink-0 items-center border-line border-b px-3">
        {COLUMNS.map(({ id, label, help, width }) => (
          <button
            key={id}
            type="button"
            aria-label={`Sort by ${label}`}
            aria-pressed={order.by === id}
            title={help}
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
    </>
  );
}

function Row({ time, onShow }: { time: SelfTime; onShow: () => void }) {
  const { node, calls, total, self, mean, p95, share } = time;
  const percent = `${Math.round(share * 100)} %`;
  return (
    <button
      type="button"
      className="tabular relative flex h-6 w-full items-center px-3 text-left hover:bg-hover"
      onClick={onShow}
    >
      <span aria-hidden className="absolute inset-y-1 left-0 bg-accent-soft" style={{ width: `${share * 100}%` }} />
      <span className="relative min-w-0 flex-1 truncate">{node}</span>
      <span className="relative w-12 text-right font-mono text-2xs">{calls}</span>
      <span className="relative w-16 text-right font-mono text-2xs">{formatDuration(total)}</span>
      <span className="relative w-16 text-right font-mono text-2xs">{formatDuration(self)}</span>
      <span className="relative w-16 text-right font-mono text-2xs text-dim">{formatDuration(mean)}</span>
      <span className="relative w-16 text-right font-mono text-2xs text-dim">{formatDuration(p95)}</span>
      <span className="relative w-12 text-right font-mono text-2xs">{percent}</span>
    </button>
  );
}

function sorted(times: readonly SelfTime[], by: Column, up: boolean): SelfTime[] {
  const sign = up ? 1 : -1;
  return times.toSorted((a, b) => sign * (by === 'node' ? a.node.localeCompare(b.node) : a[by] - b[by]));
}
