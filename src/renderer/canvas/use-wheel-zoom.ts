import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';

/**
 * A wheel with notches zooms at the pointer, as node editors have it, while two fingers on a touchpad pan, as React
 * Flow's own scrolling does. With Ctrl, or a pinch, both zoom.
 */
export function useWheelZoom(wrapper: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = wrapper.current;
    if (element === null) return;
    const zoom = (event: WheelEvent) => {
      const isElsewhere = event.target instanceof Element && event.target.closest('.nowheel') !== null;
      if (isElsewhere || event.ctrlKey || event.metaKey || event.shiftKey || !hasNotches(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const { x, y, zoom: before } = flow.getViewport();
      const after = Math.min(4, Math.max(0.1, before * 2 ** (-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002))));
      const { left, top } = element.getBoundingClientRect();
      const [px, py] = [event.clientX - left, event.clientY - top];
      const factor = after / before;
      void flow.setViewport({ x: px - (px - x) * factor, y: py - (py - y) * factor, zoom: after });
    };
    // Captured, before React Flow pans with it.
    element.addEventListener('wheel', zoom, { capture: true, passive: false });
    return () => element.removeEventListener('wheel', zoom, { capture: true });
  }, [flow, wrapper]);
}

/** Touchpads scroll sideways too and by a few pixels at a time; a notch is a large step straight up or down. */
function hasNotches({ deltaX, deltaY, deltaMode }: WheelEvent): boolean {
  return deltaX === 0 && (deltaMode === 1 || (Number.isInteger(deltaY) && Math.abs(deltaY) >= 50));
}
