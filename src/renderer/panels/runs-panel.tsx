import { CircleAlert, CircleCheck, FolderOpen, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { canShowFolders, SHOW_IN_FOLDER, showInFolder } from '../files/saved-file.ts';
import { Rows } from '../previews/rows.tsx';
import { describeEnd, formatDuration } from '../run/describe-run.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { EndedRun } from '../state/run-state.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { tableOf } from './output-table.ts';

/** The runs since the graph was opened, and what the graph gave in the one that is chosen. */
export function RunsPanel() {
  const runs = useGraphState(selectRuns);
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = runs.at(0);
  if (newest === undefined) {
    return (
      <EmptyPanel>Each run of this graph will be here, with what the graph gave. Press Run to start one.</EmptyPanel>
    );
  }
  const shown = runs.find(({ ticket }) => ticket === chosen) ?? newest;
  return (
    <div className="flex min-h-0 flex-1">
      <ul aria-label="Runs" className="w-1/2 min-w-72 overflow-auto border-line border-r">
        {runs.map((run) => (
          <li key={run.ticket}>
            <RunRow run={run} isChosen={run === shown} onChoose={() => setChosen(run.ticket)} />
          </li>
        ))}
      </ul>
      <Outputs run={shown} />
    </div>
  );
}

const selectRuns = ({ runs }: GraphState) => runs;

function RunRow({ run, isChosen, onChoose }: { run: EndedRun; isChosen: boolean; onChoose: () => void }) {
  const { tone, sentence } = describeEnd(run);
  const { Icon, colour } = TONES[tone];
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className="flex h-6 w-full items-center gap-2 px-3 text-left hover:bg-hover aria-pressed:bg-accent-soft"
    >
      <Icon aria-hidden className={`size-3.5 shrink-0 ${colour}`} />
      <span className="tabular shrink-0 font-mono text-2xs text-dim">
        {new Date(run.startedAt).toLocaleTimeString('en-GB')}
      </span>
      <span className="tabular w-16 shrink-0 text-right">{run.summary && formatDuration(run.summary.ms)}</span>
      <span className="min-w-0 truncate text-dim" title={sentence}>
        {tone === 'failed' ? sentence : countsOf(run)}
      </span>
    </button>
  );
}

const TONES: Readonly<
  Record<ReturnType<typeof describeEnd>['tone'], { readonly Icon: LucideIcon; readonly colour: string }>
> = {
  done: { Icon: CircleCheck, colour: 'text-done' },
  attention: { Icon: TriangleAlert, colour: 'text-attention' },
  failed: { Icon: CircleAlert, colour: 'text-failed' },
};

function countsOf({ summary }: EndedRun): string {
  if (summary === null) return '';
  const counts = (['done', 'cached', 'failed', 'skipped', 'cancelled'] as const).flatMap((state) =>
    summary[state] === 0 ? [] : [`${summary[state]} ${state}`],
  );
  const streams = Object.values(summary.streams).map(({ items, fps }) => `${items} items at ${fps.toFixed(1)} fps`);
  return [...counts, ...streams].join(', ');
}

function Outputs({ run }: { run: EndedRun }) {
  if (run.outputs.size === 0 && run.files.length === 0) return <EmptyPanel>This run gave no outputs.</EmptyPanel>;
  return (
    <dl tabIndex={0} className="min-w-0 flex-1 overflow-auto px-3 py-2">
      {run.files.length > 0 && <Files files={run.files} />}
      {[...run.outputs].map(([name, { item, value }]) => (
        <div key={name} className="pb-3">
          <dt className="pb-1 font-medium">
            {name}
            {item !== null && <span className="tabular text-dim"> of item {item}</span>}
          </dt>
          <dd>
            <OutputValue value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Files({ files }: { files: EndedRun['files'] }) {
  return (
    <div className="pb-3">
      <dt className="pb-1 font-medium">{files.length === 1 ? 'File' : 'Files'}</dt>
      {files.map(({ path, isComplete }) => (
        <dd key={path} className="flex min-h-6 items-center gap-2">
          <span data-selectable className="min-w-0 break-all font-mono text-2xs">
            {path}
          </span>
          {!isComplete && <span className="shrink-0 text-attention text-xs">not completed</span>}
          {canShowFolders() && (
            <IconButton icon={FolderOpen} label={SHOW_IN_FOLDER} onClick={() => showInFolder(path)} />
          )}
        </dd>
      ))}
    </div>
  );
}

/** A list of objects is a table; anything else is written as JSON. */
function OutputValue({ value }: { value: JsonValue }) {
  const table = tableOf(value);
  if (table !== null) return <Rows {...table} />;
  return (
    <pre className="max-h-96 overflow-auto whitespace-pre-wrap break-words font-mono text-2xs" data-selectable>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
