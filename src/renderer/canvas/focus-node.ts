import { stage } from './stage.ts';

/** Gives a node the focus once it is drawn; only nodes in view are, so one that is not is brought there. */
export function focusNode(id: string): void {
  requestAnimationFrame(() => {
    const element = elementOf(id);
    if (element !== null) {
      element.focus({ preventScroll: true });
      return;
    }
    const { flow } = stage.getState();
    void flow?.fitView({ nodes: [{ id }], maxZoom: flow.getZoom(), minZoom: flow.getZoom() });
    requestAnimationFrame(() => elementOf(id)?.focus({ preventScroll: true }));
  });
}

function elementOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
}

/** Gives the canvas the focus when what had it is gone. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
}
