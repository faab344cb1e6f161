import { appStore } from '../state/app-store.ts';
import { stage } from './stage.ts';

/** Gives a node the focus as soon as it is drawn; only nodes in view are, so one that is not is brought there. */
export function focusNode(id: string): void {
  focusWithin(id, FRAMES);
}

/** A node that was just added is drawn some frames later. */
const FRAMES = 30;

function focusWithin(id: string, frames: number): void {
  if (isTaken() || focusDrawn(id) || frames === 0) return;
  if (isOutOfView(id)) bringToMiddle(id);
  requestAnimationFrame(() => focusWithin(id, frames - 1));
}

/** What was opened meanwhile has the focus, and keeps it. */
function isTaken(): boolean {
  return appStore.getState().dialogs.length > 0 || stage.getState().insertion !== null;
}

function focusDrawn(id: string): boolean {
  const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  element?.focus({ preventScroll: true });
  return element !== null;
}

/** False too for a node that the canvas does not know yet. */
function isOutOfView(id: string): boolean {
  const { flow } = stage.getState();
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (flow?.getNode(id) === undefined || canvas === undefined) return false;
  const { x, y } = flow.screenToFlowPosition({ x: canvas.left, y: canvas.top });
  const zoom = flow.getZoom();
  return !flow.isNodeIntersecting({ id }, { x, y, width: canvas.width / zoom, height: canvas.height / zoom });
}

function bringToMiddle(id: string): void {
  const { flow } = stage.getState();
  const zoom = flow?.getZoom();
  void flow?.fitView({ nodes: [{ id }], minZoom: zoom, maxZoom: zoom });
}

/** Gives the canvas the focus when what had it is gone. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
