import { frontGraph } from '../state/tabs.ts';
import { rememberPlace } from './locations.ts';
import { stage } from './stage.ts';

/** How long the canvas takes to get somewhere, in ms (look.md: at most 120, none with reduced motion). */
export function motionMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120;
}

/** Brings nodes, frames or notes into view, no larger than life. */
export function bringIntoView(ids: readonly string[]): void {
  const { flow } = stage.getState();
  if (ids.length === 0) return;
  const open = frontGraph();
  if (open !== null) rememberPlace(open);
  void flow?.fitView({ nodes: ids.map((id) => ({ id })), padding: 0.3, maxZoom: 1, duration: motionMs() });
}

/** Brings the whole graph into view; resolves when it is. @param duration ms that it takes */
export async function showAll(duration = motionMs()): Promise<void> {
  const { flow } = stage.getState();
  // Asked of an empty canvas, React Flow would remember it and jump as the first node comes.
  if (flow === null || flow.getNodes().length === 0) return;
  await flow.fitView({ padding: 0.1, maxZoom: 1, duration });
}
