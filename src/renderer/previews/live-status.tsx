import { useEffect, useRef, useState } from 'react';
import type { CheckedGraph } from '../../shared/graph/checked-graph.ts';
import type { PinRef, Preview } from '../../shared/protocol/preview.ts';
import { checkedNode } from '../state/checked-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { type LiveFigures, LiveMeter } from './live-figures.ts';

interface LiveStatusProps {
  readonly source: PinRef;
  /** What is shown of it now. */
  readonly preview: Preview;
}

/** Over a live picture: frames per second, how old they are when they are shown, and how many were left out. */
export function LiveStatus({ source, preview }: LiveStatusProps) {
  const isGoing = useGraphState(selectIsGoing);
  if (!isGoing || preview.takenAt === undefined) return null;
  return <Figures source={source} preview={preview} key={preview.run} />;
}

const selectIsGoing = ({ run }: GraphState) => run.isLive && (run.phase === 'running' || run.phase === 'finishing');

function Figures({ source, preview: { item, takenAt } }: LiveStatusProps) {
  const meter = useRef<LiveMeter>(null);
  meter.current ??= new LiveMeter();
  const [figures, setFigures] = useState<LiveFigures | null>(null);
  const dropped = useGraphState((state) => droppedBefore(state, source.node));

  // The picture beside this is drawn before: effects run in the order of the elements.
  useEffect(() => {
    if (item !== null) meter.current?.show(Date.now(), takenAt ?? null);
  }, [item, takenAt]);
  useEffect(() => {
    const timer = setInterval(() => setFigures(meter.current?.figures(Date.now()) ?? null), RENEW_EVERY);
    return () => clearInterval(timer);
  }, []);

  if (figures === null) return null;
  return (
    <p
      className="tabular pointer-events-none absolute bottom-1 left-1 rounded-control bg-raised/85 px-1.5 py-0.5 font-mono text-2xs text-dim"
      title="Pictures shown a second, the time from capture to screen, and the frames that were left out"
    >
      {describeFigures(figures, dropped)}
    </p>
  );
}

/** ms; more often would be only flicker. */
const RENEW_EVERY = 500;

function describeFigures({ fps, latency }: LiveFigures, dropped: number): string {
  const parts = [`${Math.round(fps)} fps`];
  // A clock of another machine may be behind.
  if (latency !== null && latency >= 0) parts.push(`${Math.round(latency)} ms`);
  if (dropped > 0) parts.push(`${dropped} dropped`);
  return parts.join(' · ');
}

/** Frames that the source before a node has left out. */
function droppedBefore({ checked, run }: GraphState, node: string): number {
  const source = sourceBefore(checked, node);
  return source === null ? 0 : (run.streams.get(source)?.dropped ?? 0);
}

function sourceBefore(checked: CheckedGraph, id: string): string | null {
  let node = checkedNode(checked, id);
  while (node !== undefined && node.stream >= 0) node = checked.nodes[node.stream];
  return node?.id ?? null;
}
