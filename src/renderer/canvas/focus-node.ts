import { stage } from './stage.ts';

/** Gives a node the focus, once it is drawn; only nodes in view are, so one that is not is brought there. */
export function focusNode(id: string): void {
  if (focusDrawn(id)) return;
  requestAnimationFrame(() => {
    if (focusDrawn(id)) return;
    const { flow } = stage.getState();
    void flow?.fitView({ nodes: [{ id }], maxZoom: flow.getZoom(), minZoom: flow.getZoom() });
    requestAnimationFrame(() => focusDrawn(id));
  });
}

function focusDrawn(id: string): boolean {
  const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  element?.focus({ preventScroll: true });
  return element !== null;
}

/** Gives the canvas the focus when what had it is gone. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
