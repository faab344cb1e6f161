import type { RunProfile } from '../../shared/protocol/run-report.ts';
import { formatBytes } from '../previews/format-value.ts';
import { formatDuration } from '../run/describe-run.ts';
import { momentText } from './timeline.ts';

interface SpanTipProps {
  readonly profile: RunProfile;
  /** Number of the span. */
  readonly span: number;
  /** Where the pointer is, in the window. */
  readonly x: number;
  readonly y: number;
}

/** What a piece of work was, beside the pointer. */
export function SpanTip({ profile: { nodes, processes, spans }, span, x, y }: SpanTipProps) {
  const { id, type } = nodes[spans.node[span]];
  const item = spans.item[span];
  const { name, pid } = processes[spans.process[span]];
  const ms = spans.end[span] - spans.start[span];
  const facts: readonly (readonly [string, string])[] = [
    ...(item < 0 ? [] : [['item', String(item)] as const]),
    ['took', formatDuration(ms)],
    ...(spans.waited[span] > 0 ? [['waited', formatDuration(spans.waited[span])] as const] : []),
    ['began at', momentText(spans.start[span], Math.max(0.001, ms / 10))],
    ['in', `${name} (${pid})`],
    ...(spans.process[span] === 0 ? [['gave', formatBytes(spans.bytes[span])] as const] : []),
  ];
  // On the side of the pointer where there is more room.
  const side = x > window.innerWidth / 2 ? { right: window.innerWidth - x + 12 } : { left: x + 12 };
  return (
    <div
      role="tooltip"
      className="tabular pointer-events-none fixed z-50 rounded-control border border-line bg-raised px-2 py-1 text-xs shadow-raised"
      style={{ ...side, bottom: window.innerHeight - y + 8 }}
    >
      <p>
        {id} <span className="text-dim">{type}</span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-2 font-mono text-2xs">
        {facts.map(([fact, text]) => (
          <div key={fact} className="contents">
            <dt className="text-dim">{fact}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
