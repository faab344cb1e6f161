import { Copy } from 'lucide-react';
import { useCallback } from 'react';
import { ERROR_CODES } from '../../shared/node-api/error-codes.ts';
import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import { notify, notifyError } from '../announce/notices.ts';
import { formatBytes } from '../previews/format-value.ts';
import { formatDuration } from '../run/describe-run.ts';
import { pathInView } from '../state/body-in-view.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import type { NodeRun } from '../state/run-state.ts';
import { IconButton } from '../ui/button.tsx';
import { Fact, Row, Section } from './section.tsx';

/** How a node fared in the last run, with its whole error. */
export function LastRun({ node }: { node: string }) {
  const run = useGraphState(
    useCallback(
      ({ run, view }) => {
        const path = pathInView(view, node);
        return path === null ? undefined : run.nodes.get(path);
      },
      [node],
    ),
  );
  if (run === undefined) return null;
  return (
    <Section title="Last run">
      {run.waitsFor !== null && <FullError error={run.waitsFor} />}
      {run.error !== null && <FullError error={run.error} />}
      <Row name="State">
        <Fact>{stateOf(run)}</Fact>
      </Row>
      {run.ms !== null && run.state !== 'cached' && (
        <Row name="Time">
          <Fact>
            {formatDuration(run.ms)}
            {run.items !== null && run.items > 1 && `, ${formatDuration(run.ms / run.items)} an item`}
          </Fact>
        </Row>
      )}
      {run.items !== null && (
        <Row name="Items">
          <Fact>
            {run.items}
            {run.failedItems > 0 && `, ${run.failedItems} failed`}
          </Fact>
        </Row>
      )}
      {run.bytes !== null && run.state !== 'cached' && (
        <Row name="Given out">
          <Fact>{formatBytes(run.bytes)}</Fact>
        </Row>
      )}
      {run.note !== null && <p className="text-dim">{run.note}</p>}
      {run.reason !== null && <p className="text-dim">{run.reason}</p>}
    </Section>
  );
}

function stateOf({ state, attempt, progress }: NodeRun): string {
  const tries = attempt > 1 ? `, try ${attempt}` : '';
  const done = progress === null ? '' : `, ${Math.round(progress * 100)} %`;
  return state + done + tries;
}

function FullError({ error }: { error: ErrorReport }) {
  const { code, message, causes } = error;
  const copy = () => {
    const text = [`${code}: ${message}`, ...causes.map((cause) => `  because: ${cause}`)].join('\n');
    navigator.clipboard
      .writeText(text)
      .then(() => notify({ tone: 'done', sentence: 'Copied the error.' }), notifyError);
  };
  return (
    <div className="mb-1 flex flex-col gap-1 rounded-control border border-failed bg-failed-soft p-2" data-selectable>
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 break-words">{message}</p>
        <IconButton icon={Copy} label="Copy the error" onClick={copy} />
      </div>
      {causes.map((cause) => (
        <p key={cause} className="break-words text-dim">
          because: {cause}
        </p>
      ))}
      <p className="font-mono text-2xs text-dim" title={ERROR_CODES[code].means}>
        {code}
      </p>
    </div>
  );
}
