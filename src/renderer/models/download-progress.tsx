import { type Pulling, progressText } from './model-words.ts';

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
