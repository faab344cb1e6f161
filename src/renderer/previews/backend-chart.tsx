import { formatDuration } from '../run/describe-run.ts';
import type { Measured } from './benchmark-rows.ts';

/** A bar for the mean time of each backend, with the way from p50 to p95 across its end. */
export function BackendChart({ rows }: { rows: readonly Measured[] }) {
  const longest = Math.max(...rows.map(({ mean, p95 }) => Math.max(mean, p95)));
  const shortest = Math.min(...rows.map(({ mean }) => mean));
  // One that is far slower than the rest would leave nothing to see of them.
  const scale = Math.min(longest, shortest * MOST_TIMES);
  return (
    <ul aria-label="Times of the backends" className="flex flex-col gap-1">
      {rows.map((row) => (
        <li key={row.backend} className="flex h-5 items-center gap-2" title={row.device ?? undefined}>
          <span className="w-14 shrink-0 truncate text-right">{row.backend}</span>
          <Bar row={row} scale={scale} />
          <span className="tabular w-16 shrink-0 text-right font-mono text-2xs">{formatDuration(row.mean)}</span>
          <span className="tabular w-16 shrink-0 text-right font-mono text-2xs text-dim">{fpsText(row.fps)} fps</span>
          <span className="tabular w-12 shrink-0 text-right font-mono text-2xs">{row.speedUp}</span>
        </li>
      ))}
    </ul>
  );
}

/** A bar is at most so many times as long as the shortest; what goes beyond is cut off. */
const MOST_TIMES = 12;

/** `scale`: ms of a bar as long as there is room. */
function Bar({ row: { backend, mean, p50, p95 }, scale }: { row: Measured; scale: number }) {
  const at = (ms: number) => `${Math.min(100, (100 * ms) / scale)}%`;
  const isCut = mean > scale;
  return (
    <span
      role="img"
      aria-label={`${backend}: mean ${formatDuration(mean)}, p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}`}
      className="relative h-full min-w-0 flex-1"
    >
      <span
        className={`absolute inset-y-0.5 left-0 min-w-0.5 bg-accent/60 ${isCut ? 'border-fg border-r-4 border-dotted' : 'rounded-r-sm'}`}
        style={{ width: at(mean) }}
      />
      {!isCut && (
        <span
          className="absolute inset-y-1 border-fg border-x"
          style={{ left: at(p50), right: `calc(100% - ${at(p95)} - 1px)` }}
        >
          <span className="absolute inset-x-0 top-1/2 h-px bg-fg" />
        </span>
      )}
    </span>
  );
}

/** In three digits or so, for a backend may take seconds or microseconds. */
export function fpsText(fps: number): string {
  return fps >= 100 ? fps.toFixed(0) : fps.toPrecision(3);
}
