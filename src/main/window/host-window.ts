import type { PickRequest } from '../../shared/protocol/window-calls.ts';

/** The window on the person's screen, as far as its host can reach it. */
export interface HostWindow {
  /** The system's own dialogs; null where there are none, as for a page in a browser. */
  readonly dialogs: Dialogs | null;
  setTitle(title: string, unsaved: boolean): void;
  /** The person agreed that it closes. */
  close(): void;
}

export interface Dialogs {
  /** Null when the person gave up. */
  pickFile(request: PickRequest): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  revealFile(path: string): void;
}
