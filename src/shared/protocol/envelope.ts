import type { ErrorReport } from '../node-api/weft-error.ts';
import type { WindowEvent } from './window-calls.ts';

/** What a window sends. `ask` belongs to the call of this name in `WindowCalls`; its form is checked by its schema. */
export type ToHost =
  | { readonly tell: 'call'; readonly id: number; readonly call: string; readonly ask: unknown }
  /** The window has shown the last preview of this watch; the next may come. */
  | { readonly tell: 'shown'; readonly watch: string };

/** What a host sends. */
export type ToWindow =
  | { readonly tell: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly tell: 'failed'; readonly id: number; readonly error: ErrorReport }
  /** A message that names no call that could fail was refused. */
  | { readonly tell: 'refused'; readonly error: ErrorReport }
  | { readonly tell: 'event'; readonly event: WindowEvent };

/** The largest message that either end accepts, in bytes: room for a dropped video. */
export const MAX_MESSAGE_BYTES = 2 ** 28;
