import { CircleDashed, CircleX, LoaderCircle, Maximize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PinRef } from '../../shared/protocol/preview.ts';
import { checkedNode } from '../state/checked-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { BackendChart, fpsText } from './backend-chart.tsx';
import { benchmarkRows, type Measured, type Unmeasured } from './benchmark-rows.ts';
import { PinValue } from './pin-value.tsx';
import { usePinView } from './pin-views.ts';

/** What a comparison of backends has come to: a chart and a table, and until then how far each backend is. */
export function BackendsViewer({ path, title }: { path: string; title: string }) {
  const [isLarge, setLarge] = useState(false);
  return (
    <div className="group relative size-full min-h-0">
      <Comparison path={path} />
      <div className="nodrag nopan absolute top-1 right-1 rounded-control bg-raised opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <IconButton icon={Maximize2} label="Open large" onClick={() => setLarge(true)} />
      </div>
      {isLarge && (
        <Dialog title={title} width="full" onClose={() => setLarge(false)}>
          <div className="min-h-0 flex-1 p-2 pt-0">
            <Comparison path={path} />
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Comparison({ path }: { path: string }) {
  const pin = useMemo<PinRef>(() => ({ node: path, side: 'output', pin: 'table' }), [path]);
  const view = usePinView(pin, 0);
  const progress = useBackendProgress(path);
  const table = view?.state === 'value' && view.preview.content.kind === 'table' ? view.preview.content : null;
  const rows = useMemo(() => table && benchmarkRows(table), [table]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
    <section aria-label="Backends" tabIndex={0} className="nowheel size-full overflow-auto bg-inset p-2 text-xs">
      {rows !== null ? (
        <Compared rows={rows} />
      ) : view?.state !== 'failed' && progress.some(({ state }) => state !== null) ? (
        <ProgressList progress={progress} />
      ) : (
        <PinValue view={view} />
      )}
    </section>
  );
}

function Compared({ rows }: { rows: readonly (Measured | Unmeasured)[] }) {
  const measured = rows.filter((row) => row.status === 'done');
  const others = rows.filter((row) => row.status !== 'done');
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      <BackendChart rows={measured} />
      <table aria-label="Backends that ran" className="tabular w-full border-collapse" data-selectable>
        <thead>
          <tr className="border-line border-b text-dim">
            {COLUMNS.map((column, place) => (
              <th
                key={column}
                scope="col"
                className={`whitespace-nowrap py-0.5 font-medium ${place < 2 ? 'text-left' : 'text-right'} ${place > 0 ? 'pl-2' : ''}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured.map((row) => (
            <tr key={row.backend} className="h-5">
              <td>{row.backend}</td>
              <td className="max-w-40 truncate pl-2 text-dim" title={row.device ?? undefined}>
                {row.device}
              </td>
              {[row.mean, row.p50, row.p95].map((ms, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the three times are known by their places.
                <td key={place} className="pl-2 text-right font-mono text-2xs">
                  {ms.toFixed(2)}
                </td>
              ))}
              <td className="pl-2 text-right font-mono text-2xs">{fpsText(row.fps)}</td>
              <td className="pl-2 text-right font-mono text-2xs">{row.speedUp}</td>
              <td className={`pl-2 text-right ${row.agrees ? 'text-done' : 'text-attention'}`}>
                {row.agrees ? 'yes' : 'no'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others.length > 0 && (
        <ul aria-label="Backends that did not run" className="flex flex-col gap-0.5" data-selectable>
          {others.map(({ backend, status, reason }) => (
            <li key={backend} className="flex gap-2">
              <span className="w-14 shrink-0 text-right">{backend}</span>
              <span className={status === 'failed' ? 'text-failed' : 'text-dim'}>
                {status}: {reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const COLUMNS = ['Backend', 'Device', 'Mean ms', 'p50', 'p95', 'fps', 'Speed-up', 'Agrees'] as const;

interface BackendProgress {
  /** The input that it is wired to, which is named as the backend. */
  readonly backend: string;
  /** Of the node that measures it; null when nothing ran. */
  readonly state: string | null;
}

/** How far the nodes are that measure the backends. */
function useBackendProgress(path: string): readonly BackendProgress[] {
  const checked = useGraphState(selectChecked);
  const nodes = useGraphState(selectNodes);
  return useMemo(() => {
    const node = checkedNode(checked, path);
    if (node === undefined) return [];
    return node.inputs.flatMap((source, index) => {
      if (source.from !== 'wire') return [];
      const state = nodes.get(checked.nodes[source.node].id)?.state ?? null;
      return [{ backend: node.signature.inputs[index].name, state }];
    });
  }, [checked, nodes, path]);
}

const selectChecked = ({ checked }: GraphState) => checked;
const selectNodes = ({ run }: GraphState) => run.nodes;

function ProgressList({ progress }: { progress: readonly BackendProgress[] }) {
  return (
    <ul aria-label="Progress of the backends" className="flex flex-col gap-0.5">
      {progress.map(({ backend, state }) => (
        <li key={backend} className="flex items-center gap-2">
          <span className="w-14 shrink-0 text-right">{backend}</span>
          <ProgressMark state={state} />
        </li>
      ))}
    </ul>
  );
}

function ProgressMark({ state }: { state: string | null }) {
  switch (state) {
    case 'running':
      return (
        <span className="flex items-center gap-1.5">
          <LoaderCircle aria-hidden className="size-3.5 animate-spin text-accent" /> at work, or waiting for its turn
        </span>
      );
    case 'done':
    case 'cached':
      return <span className="text-dim">looked at</span>;
    case 'failed':
      return (
        <span className="flex items-center gap-1.5 text-failed">
          <CircleX aria-hidden className="size-3.5" /> failed
        </span>
      );
    default:
      return (
        <span className="flex items-center gap-1.5 text-dim">
          <CircleDashed aria-hidden className="size-3.5" />{' '}
          {state === 'skipped' || state === 'cancelled' ? 'did not run' : 'waiting'}
        </span>
      );
  }
}
