import type { ModelState } from '../../shared/protocol/window-calls.ts';
import { formatBytes } from '../previews/format-value.ts';
import { timeLeftText } from './model-words.ts';

type Pulling = Extract<ModelState, { kind: 'pulling' }>;

/** How far a download is: a bar and the figures. */
export function DownloadProgress({ name, state }: { name: string; state: Pulling }) {
  const { bytes, total } = state;
  const share = total === null ? null : Math.min(1, bytes / total);
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <div
        role="progressbar"
        aria-label={`Download of ${name}`}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        aria-valuetext={progressText(state)}
        className="h-1.5 overflow-hidden rounded-full bg-inset"
      >
        <div
          className={`h-full rounded-full bg-accent ${share === null ? 'w-1/3 animate-pulse' : ''}`}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      <p className="tabular text-2xs text-dim">{progressText(state)}</p>
    </div>
  );
}

/** `43 %, 5.2 MB of 12.1 MB, 1.3 MB/s, 5 s left`, as far as it is known. */
export function progressText({ bytes, total, bytesPerSecond }: Pulling): string {
  const rate = bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond)}/s`];
  if (total === null) return [formatBytes(bytes), ...rate].join(', ');
  const amount = [`${Math.floor((bytes / total) * 100)} %`, `${formatBytes(bytes)} of ${formatBytes(total)}`];
  const left = bytesPerSecond === null || bytesPerSecond === 0 ? [] : [timeLeftText((total - bytes) / bytesPerSecond)];
  return [...amount, ...rate, ...left].join(', ');
}
