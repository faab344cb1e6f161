/**
 * Gestures on a canvas of React Flow, and the time from frame to frame while they go on, in ms. Each frame gets one event,
 * as a browser does with those of a real pointer.
 */

/** Drags with the middle button along a line and back, `step` CSS pixels a frame. */
export function pan(frames: number, [dx, dy]: readonly [number, number]): Promise<number[]> {
  const pane = paneOf();
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

/** Pinches at the middle: in and out again, by powers of two a frame. */
export function zoom(frames: number, step: number): Promise<number[]> {
  const pane = paneOf();
  const [clientX, clientY] = middleOf(pane);
  return eachFrame(frames, (frame) => {
    // d3-zoom reads a pixel of the wheel as a 500th of a power of two.
    const deltaY = (frame < frames / 2 ? -step : step) * 500;
    pane.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        view: window,
        ctrlKey: true,
        deltaY,
        clientX,
        clientY,
      }),
    );
  });
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

function eachFrame(frames: number, perform: (frame: number) => void): Promise<number[]> {
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

function paneOf(): Element {
  return find('.react-flow__pane');
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
