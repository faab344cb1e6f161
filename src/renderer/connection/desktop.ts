import type { WeftPort } from '../../shared/protocol/weft-port.ts';

declare global {
  interface Window {
    readonly weftPort?: WeftPort;
  }
}

/** What the desktop host gives its page; null in a browser. */
export function desktopPort(): WeftPort | null {
  return window.weftPort ?? null;
}
