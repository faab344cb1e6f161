import type { NodeRun, RunState, StreamRun } from '../state/run-state.ts';

/** How far a run is, for the bar beside the run button. */
export interface Progress {
  /** 0–1; null when nobody can tell. */
  readonly fraction: number | null;
  /** As `frame 120 of 357 · 31 fps`, or `7 of 16 nodes`. */
  readonly text: string;
  /** ms; null when nobody can tell. */
  readonly left: number | null;
}

/** By the slowest stream where there is one, else by the nodes that have ended. */
export function progressOf({ nodes, streams, total }: RunState): Progress {
  const slowest = [...streams.values()].sort((a, b) => fractionOf(a) - fractionOf(b)).at(0);
  return slowest === undefined ? nodeProgress(nodes, total) : streamProgress(slowest);
}

function streamProgress(stream: StreamRun): Progress {
  const { items, total, fps, failed, dropped } = stream;
  const parts = [
    total === null ? `frame ${items}` : `frame ${items} of ${total}`,
    `${fps.toFixed(fps < 10 ? 1 : 0)} fps`,
  ];
  if (failed > 0) parts.push(`${failed} failed`);
  if (dropped > 0) parts.push(`${dropped} dropped`);
  const left = total === null || fps === 0 ? null : ((total - items) / fps) * 1000;
  return { fraction: total === null ? null : fractionOf(stream), text: parts.join(' · '), left };
}

function nodeProgress(nodes: RunState['nodes'], total: number | null): Progress {
  if (total === null || total === 0) return { fraction: null, text: '', left: null };
  let ended = 0;
  let begun = 0;
  for (const node of nodes.values()) {
    if (ENDED.has(node.state)) ended++;
    else begun += node.progress ?? 0;
  }
  const all = Math.max(total, ended);
  return { fraction: (ended + begun) / all, text: `${ended} of ${all} nodes`, left: null };
}

function fractionOf({ items, total }: StreamRun): number {
  return total === null || total === 0 ? 1 : Math.min(1, items / total);
}

const ENDED: ReadonlySet<NodeRun['state']> = new Set(['done', 'cached', 'failed', 'skipped', 'cancelled']);
