import type { Port } from './port.ts';

/** What the page of a desktop window finds as `window.weftPort`, and all it finds: its end of the line to the host. */
export interface WeftPort extends Port {
  /** The path of a file that was dropped on the window; empty for one that lies on no disk. */
  pathOf(file: File): string;
}
