/**
 * Gestures on a canvas of React Flow, and the time from frame to frame while they go on, in ms. Each frame gets one event,
 * as a browser does with those of a real pointer.
 */

/** Drags with the middle button along a line and back, `step` CSS pixels a frame. */
export function pan(frames: number, [dx, dy]: readonly [number, number]): Promise<number[]> {
  const pane = find('.react-flow__pane');
  const [x, y] = middleOf(pane);
  let [moved, direction] = [0, 1];
  const send = (type: string, buttons: number) =>
    pane.dispatchEvent(
      new MouseEvent(type, {
        bubbles: true,
        cancelable: true,
        view: window,
        button: type === 'mousemove' ? 0 : 1,
        buttons,
        clientX: x + dx * moved,
        clientY: y + dy * moved,
      }),
    );
  send('mousedown', 4);
  return eachFrame(frames, (frame) => {
    if (frame === frames / 2) direction = -1;
    moved += direction;
    send('mousemove', 4);
  }).finally(() => send('mouseup', 0));
}

/** Pinches at the middle: in and out again, `step` powers of two a frame. */
export function zoom(frames: number, step: number): Promise<number[]> {
  return eachFrame(frames, (frame) => pinch(frame < frames / 2 ? step : -step));
}

/** Zooms at the middle by a power of two, all at once. */
export function zoomBy(power: number): Promise<number[]> {
  // Two frames more: the one that shows it, and the one after.
  return eachFrame(3, (frame) => frame === 0 && pinch(power));
}

function pinch(power: number): void {
  const pane = find('.react-flow__pane');
  const [clientX, clientY] = middleOf(pane);
  // d3-zoom takes a pixel of the wheel for a 500th of a power of two.
  const deltaY = -power * 500;
  pane.dispatchEvent(
    new WheelEvent('wheel', { bubbles: true, cancelable: true, view: window, ctrlKey: true, deltaY, clientX, clientY }),
  );
}

/** The part of the canvas that is looked at: React Flow's own transform. */
export function viewport(): { x: number; y: number; zoom: number } {
  const { transform } = getComputedStyle(find('.react-flow__viewport'));
  const { e: x, f: y, a: zoom } = new DOMMatrix(transform);
  return { x, y, zoom };
}

/** Where the canvas is in its window, CSS pixels. */
export function area(): { left: number; top: number; width: number; height: number } {
  const { left, top, width, height } = find('.react-flow').getBoundingClientRect();
  return { left, top, width, height };
}

function eachFrame(frames: number, perform: (frame: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  const { promise, resolve } = Promise.withResolvers<number[]>();
  let last = 0;
  let frame = -1;
  const step = () => {
    const now = performance.now();
    if (frame > 0) times.push(now - last);
    last = now;
    if (++frame === frames) return resolve(times);
    perform(frame);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return promise;
}

function middleOf(element: Element): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

function find(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`There is no ${selector} on this page.`);
  return element;
}
