import { useMemo } from 'react';
import { formatBytes } from '../previews/format-value.ts';
import { showNode } from '../run/show-node.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { useRunReport } from './use-run-report.ts';
import { VirtualRows } from './virtual-rows.tsx';

/** What the values of the last run take: in the arena, and pin by pin. */
export function MemoryPanel() {
  const graph = useOpenGraph();
  const known = useRunReport();
  const report = known.state === 'here' ? known.report : null;
  const pins = useMemo(
    () => report?.pins.toSorted((a, b) => b.bytes - a.bytes || b.peakBytes - a.peakBytes) ?? [],
    [report],
  );
  if (known.state === 'absent') {
    return (
      <EmptyPanel>
        {known.reason ?? 'What each pin holds, and how full the arena is, will be here after a run.'}
      </EmptyPanel>
    );
  }
  const { arena, budgetBytes } = known.report;
  const held = pins.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-6 px-3">
        <Gauge label="Arena in use" bytes={arena.usedBytes} of={arena.reservedBytes} />
        <Gauge label="Held at pins" bytes={held} of={budgetBytes} />
        <span className="truncate text-dim" title={arena.path}>
          {arena.path}
        </span>
      </div>
      <div className="flex h-6 shrink-0 items-center border-line border-y px-3 text-dim">
        <span className="flex-1">Pin</span>
        <span className="w-24 text-right">Now</span>
        <span className="w-24 text-right">Most</span>
      </div>
      <VirtualRows
        count={pins.length}
        label="Memory by pin"
        row={(index) => {
          const { ref, bytes, peakBytes } = pins[index];
          return (
            <button
              type="button"
              className="flex h-6 w-full items-center px-3 text-left hover:bg-hover"
              onClick={() => showNode(graph, ref.node)}
            >
              <span className="min-w-0 flex-1 truncate">
                <span className="text-dim">{ref.node}.</span>
                {ref.pin}
              </span>
              <span className="tabular w-24 text-right font-mono text-2xs">{formatBytes(bytes)}</span>
              <span className="tabular w-24 text-right font-mono text-2xs text-dim">{formatBytes(peakBytes)}</span>
            </button>
          );
        }}
      />
    </>
  );
}

function Gauge({ label, bytes, of }: { label: string; bytes: number; of: number }) {
  const fraction = of === 0 ? 0 : Math.min(1, bytes / of);
  return (
    <div className="w-56">
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
