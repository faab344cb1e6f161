import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { RunMemory } from '../../shared/protocol/run-report.ts';
import { EMPTY_CACHE } from '../actions/profile.ts';
import { performAction } from '../commands/perform-action.ts';
import { formatBytes } from '../previews/format-value.ts';
import { showNode } from '../run/show-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { Button } from '../ui/button.tsx';
import { emptied } from './empty-cache.ts';
import { EmptyPanel } from './empty-panel.tsx';
import { type MemoryOrder, type MemoryRow, memoryRows } from './memory-rows.ts';
import { useRunMemory } from './use-of-run.ts';
import { VirtualRows } from './virtual-rows.tsx';

/** What the values of the last run take: in the arena, and node by node with their pins. */
export function MemoryPanel() {
  const known = useRunMemory(useStore(emptied, selectTimes));
  if (known.state === 'absent') {
    return (
      <EmptyPanel>
        {known.reason ?? 'What each pin holds, and how full the arena is, will be here after a run.'}
      </EmptyPanel>
    );
  }
  const { arena, heapBytes, heldBytes, cacheBytes, budgetBytes } = known.told;
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-6 overflow-hidden px-3">
        <Gauge
          label="All values"
          help="Of every graph, against the budget"
          bytes={arena.usedBytes + heapBytes}
          of={budgetBytes}
        />
        <Gauge
          label="Arena in use"
          help={`At most ${formatBytes(arena.peakBytes)}`}
          bytes={arena.usedBytes}
          of={arena.reservedBytes}
        />
        <span className="tabular shrink-0 text-dim">
          Held by this run <span className="font-mono text-2xs text-fg">{formatBytes(heldBytes)}</span>
        </span>
        <span className="min-w-0 flex-1 truncate text-dim" title="The way of memory to other processes">
          {arena.path}
        </span>
        <Button icon={EMPTY_CACHE.icon} onClick={() => performAction(EMPTY_CACHE)}>
          Empty the cache
          <span className="tabular font-mono text-2xs text-dim">{formatBytes(cacheBytes)}</span>
        </Button>
      </div>
      <MemoryTable memory={known.told} />
    </>
  );
}

const selectTimes = ({ times }: { readonly times: number }) => times;

const COLUMNS: readonly { readonly id: MemoryOrder; readonly label: string; readonly width: string }[] = [
  { id: 'node', label: 'Node and pin', width: 'min-w-0 flex-1' },
  { id: 'bytes', label: 'Now', width: 'w-24 justify-end' },
  { id: 'peakBytes', label: 'Most', width: 'w-24 justify-end' },
];

function MemoryTable({ memory }: { memory: RunMemory }) {
  const graph = useOpenGraph();
  const [order, setOrder] = useState<{ by: MemoryOrder; up: boolean }>({ by: 'bytes', up: false });
  const rows = useMemo(() => memoryRows(memory, order.by, order.up), [memory, order]);
  const largest = Math.max(1, ...memory.nodes.map(({ bytes }) => bytes));
  return (
    <>
      <div className="flex h-6 shrink-0 items-center border-line border-y px-3 text-dim">
        {COLUMNS.map(({ id, label, width }) => (
          <button
            key={id}
            type="button"
            aria-label={`Sort by ${label}`}
            aria-pressed={order.by === id}
            onClick={() => setOrder({ by: id, up: order.by === id ? !order.up : id === 'node' })}
            className={`flex items-center gap-0.5 hover:text-fg ${width}`}
          >
            {label}
            {order.by === id && (order.up ? <ArrowUp className="size-3" /> : <ArrowDown className="size-3" />)}
          </button>
        ))}
        <span className="w-72 pl-6">Held by</span>
      </div>
      <VirtualRows
        count={rows.length}
        label="Memory by pin"
        row={(index) => (
          <Row row={rows[index]} share={rows[index].bytes / largest} onShow={() => showNode(graph, rows[index].node)} />
        )}
      />
    </>
  );
}

function Row({ row, share, onShow }: { row: MemoryRow; share: number; onShow: () => void }) {
  const { node, pin, isPart, bytes, peakBytes, heldBy } = row;
  return (
    <button
      type="button"
      className="tabular relative flex h-6 w-full items-center px-3 text-left hover:bg-hover"
      onClick={onShow}
    >
      <span
        aria-hidden
        className={`absolute inset-y-1 left-0 bg-accent-soft ${isPart ? 'opacity-40' : ''}`}
        style={{ width: `${share * 100}%` }}
      />
      <span className={`relative min-w-0 flex-1 truncate ${isPart ? 'pl-4' : ''}`}>
        {!isPart && node}
        {pin !== null && (isPart ? pin : <span className="text-dim">.{pin}</span>)}
      </span>
      <span className="relative w-24 text-right font-mono text-2xs">{formatBytes(bytes)}</span>
      <span className="relative w-24 text-right font-mono text-2xs text-dim">
        {peakBytes !== null && formatBytes(peakBytes)}
      </span>
      <span className="relative w-72 truncate pl-6 text-dim">{heldBy}</span>
    </button>
  );
}

function Gauge({ label, help, bytes, of }: { label: string; help: string; bytes: number; of: number }) {
  const fraction = of === 0 ? 0 : Math.min(1, bytes / of);
  return (
    <div className="w-52 shrink-0" title={help}>
      <div className="flex justify-between">
        <span className="text-dim">{label}</span>
        <span className="tabular font-mono text-2xs">
          {formatBytes(bytes)} of {formatBytes(of)}
        </span>
      </div>
      <div aria-hidden className="mt-1 h-1 rounded-full bg-pressed">
        <div className="h-full rounded-full bg-accent" style={{ width: `${fraction * 100}%` }} />
      </div>
    </div>
  );
}
