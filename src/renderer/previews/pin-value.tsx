import type { DetectionsPreview, PinView, Preview, PreviewContent } from '../../shared/protocol/preview.ts';
import { factsOf, formatBytes, formatSample } from './format-value.ts';
import { JsonView } from './json-view.tsx';
import { labelColour } from './label-colour.ts';
import { NumberPlot } from './number-plot.tsx';
import { Rows } from './rows.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { pictureOf } from './viewer-content.ts';

/** What can be seen at a pin: the value with its facts, or why there is none. */
export function PinValue({ view }: { view: PinView | null }) {
  if (view === null) return <Reason>Run the graph to see the value.</Reason>;
  if (view.state === 'value') return <Value preview={view.preview} view={view} />;
  return (
    <>
      {'last' in view && <p className="font-mono text-2xs text-dim">{formatBytes(view.last.bytes)}</p>}
      <Reason failed={view.state === 'failed'}>{view.reason}</Reason>
    </>
  );
}

function Value({ preview, view }: { preview: Preview; view: PinView }) {
  const picture = pictureOf(view);
  const facts = factsOf(preview);
  return (
    <div className="flex flex-col gap-2">
      {picture !== null && <Thumbnail picture={picture} />}
      <dl className="tabular grid grid-cols-[repeat(2,auto_1fr)] gap-x-2 gap-y-0.5 font-mono text-2xs">
        {facts.map(({ name, text, isLong }) => (
          <div key={name} className="contents">
            <dt className="text-dim">{name}</dt>
            <dd className={`truncate text-fg ${isLong ? 'col-span-3' : ''}`} data-selectable>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <Content content={preview.content} />
      {preview.series !== null && preview.series.items.length > 1 && (
        <div className="h-24">
          <NumberPlot series={preview.series} label="The last values" />
        </div>
      )}
    </div>
  );
}

function Content({ content }: { content: PreviewContent }) {
  switch (content.kind) {
    case 'scalar':
      return <Code>{typeof content.value === 'number' ? formatSample(content.value) : String(content.value)}</Code>;
    case 'text':
      return <Code>{content.text + (content.length > content.text.length ? '…' : '')}</Code>;
    case 'json':
      return (
        <div className="max-h-64 overflow-auto">
          <JsonView root={content.root} />
        </div>
      );
    case 'tensor':
      return (
        <>
          {content.picture !== null && <p className="text-2xs text-dim">Seen as {content.picture.interpretation}</p>}
          <Code>{content.samples.slice(0, SHOWN_SAMPLES).map(formatSample).join('  ')}</Code>
        </>
      );
    case 'detections':
      return <Detections content={content} />;
    case 'keypoints':
      return <p className="text-dim">{countOf(content.total, 'object')} with key points</p>;
    case 'table':
      return (
        <div className="max-h-48 overflow-auto">
          <Rows columns={content.columns} rows={content.rows} />
        </div>
      );
    case 'list':
      return (
        <ol className="max-h-48 overflow-auto font-mono text-2xs">
          {content.items.map(({ type, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the elements of a list are known by their places.
            <li key={index} className="flex gap-2">
              <span className="tabular w-6 shrink-0 text-right text-faint">{index}</span>
              <span className="truncate">{text ?? type}</span>
            </li>
          ))}
        </ol>
      );
    case 'model':
      return (
        <div className="flex flex-col gap-1 font-mono text-2xs" data-selectable>
          <p className="break-all text-dim">{content.path}</p>
          <p>on {content.backend}</p>
          {(['inputs', 'outputs'] as const).map((side) =>
            content.signature[side].map(({ name, dtype, shape }) => (
              <p key={`${side} ${name}`}>
                <span className="text-dim">{side === 'inputs' ? 'in' : 'out'}</span> {name} {dtype}
                {shape !== null && `[${shape.map((dim) => dim ?? '?').join(',')}]`}
              </p>
            )),
          )}
        </div>
      );
    case 'bytes':
      return <Code>{[...content.samples].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}</Code>;
    case 'opaque':
      return <Reason>A value of class {content.className}, which has no form that can be shown.</Reason>;
    case 'picture':
    case 'mask':
      return null;
  }
}

function Detections({ content: { detections, total } }: { content: DetectionsPreview }) {
  const shown = detections.slice(0, SHOWN_DETECTIONS);
  if (total === 0) return <Reason>Nothing was found.</Reason>;
  return (
    <ul className="flex flex-col text-2xs">
      {shown.map(({ label, score, box }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: detections are known by their places.
        <li key={index} className="flex h-5 items-center gap-2">
          <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: labelColour(label) }} />
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <span className="tabular font-mono">{score.toFixed(2)}</span>
          <span className="tabular w-32 truncate text-right font-mono text-dim">
            {box.map((side) => Math.round(side)).join(' ')}
          </span>
        </li>
      ))}
      {total > shown.length && <li className="text-dim">and {countOf(total - shown.length, 'more')}</li>}
    </ul>
  );
}

/** Five lines. */
const SHOWN_SAMPLES = 20;
const SHOWN_DETECTIONS = 12;

function Code({ children }: { children: string }) {
  return (
    <pre className="max-h-48 overflow-auto whitespace-pre-wrap break-words font-mono text-2xs text-fg" data-selectable>
      {children}
    </pre>
  );
}

export function Reason({ children, failed = false }: { children: React.ReactNode; failed?: boolean }) {
  return <p className={`text-xs ${failed ? 'text-failed' : 'text-dim'}`}>{children}</p>;
}

function countOf(count: number, noun: string): string {
  return noun === 'more' ? `${count} more` : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
