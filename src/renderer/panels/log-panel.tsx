import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { notify, notifyError } from '../announce/notices.ts';
import { showNode } from '../run/show-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import type { LogLine } from '../state/run-state.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { filterLog, LEVELS } from './filter-log.ts';
import { VirtualRows } from './virtual-rows.tsx';

/** What nodes and the engine said in the last run. It follows the end until one scrolls up. */
export function LogPanel() {
  const graph = useOpenGraph();
  const log = useGraphState(selectLog);
  const [least, setLeast] = useState<LogLine['level']>('info');
  const [words, setWords] = useState('');
  const lines = useMemo(() => filterLog(log, least, words), [log, least, words]);

  const copy = () => {
    const text = lines.map(textOf).join('\n');
    navigator.clipboard.writeText(text).then(() => notify({ tone: 'done', sentence: 'Copied the log.' }), notifyError);
  };
  return (
    <>
      <div className="flex h-8 shrink-0 items-center gap-2 px-3">
        <select
          aria-label="Least level"
          value={least}
          onChange={(event) => setLeast(LEVELS.find((level) => level === event.currentTarget.value) ?? 'info')}
          className="h-5.5 rounded-control border border-line bg-inset px-1"
        >
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label="Filter the log"
          placeholder="Filter by node or words"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          className="h-5.5 w-56 rounded-control border border-line bg-inset px-1.5"
        />
        <span className="flex-1" />
        <span className="tabular text-dim">
          {lines.length} {lines.length === 1 ? 'line' : 'lines'}
        </span>
        <IconButton icon={Copy} label="Copy the log" disabled={lines.length === 0} onClick={copy} />
      </div>
      {lines.length === 0 ? (
        <EmptyPanel>
          {log.length === 0
            ? 'What nodes say while the graph runs will be here.'
            : 'No line of the log fits the filter.'}
        </EmptyPanel>
      ) : (
        <VirtualRows
          count={lines.length}
          label="Log"
          follows
          row={(index) => <Line line={lines[index]} onShow={(node) => showNode(graph, node)} />}
        />
      )}
    </>
  );
}

const selectLog = ({ run }: GraphState) => run.log;

function Line({ line, onShow }: { line: LogLine; onShow: (node: string) => void }) {
  const { at, level, node, item, message } = line;
  return (
    <div className="flex h-6 items-center gap-3 px-3" data-selectable>
      <span className="tabular shrink-0 font-mono text-2xs text-faint">{timeOf(at)}</span>
      <span className={`w-12 shrink-0 text-2xs ${COLOURS[level]}`}>{level}</span>
      {node !== null && (
        <button type="button" className="shrink-0 text-dim hover:text-fg hover:underline" onClick={() => onShow(node)}>
          {node}
          {item !== null && <span className="font-mono text-2xs"> #{item}</span>}
        </button>
      )}
      <span className="min-w-0 truncate" title={message}>
        {message}
      </span>
    </div>
  );
}

const COLOURS: Readonly<Record<LogLine['level'], string>> = {
  debug: 'text-faint',
  info: 'text-dim',
  warning: 'text-attention',
  error: 'text-failed',
};

function textOf({ at, level, node, item, message }: LogLine): string {
  const place = node === null ? '' : ` ${node}${item === null ? '' : `#${item}`}`;
  return `${timeOf(at)} ${level}${place}: ${message}`;
}

/** Local time with milliseconds. */
function timeOf(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
