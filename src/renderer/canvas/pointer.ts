/** Where the pointer was last over the window, in CSS pixels: a key that inserts something does it there. */
export const pointer = { x: Number.NaN, y: Number.NaN };

globalThis.window?.addEventListener(
  'pointermove',
  ({ clientX, clientY }) => {
    pointer.x = clientX;
    pointer.y = clientY;
  },
  { capture: true, passive: true },
);
