import type { Page } from 'playwright-core';

type Electron = typeof import('electron');

/** The desktop app in a process of its own, as tests see it: under Electron or under its stand-in. */
export interface DesktopApp {
  /** The page of the window, or of its successor after a crash. */
  page(): Promise<Page>;
  /** Runs a function in the app's main process; it sees nothing but its arguments. */
  evaluate<R, A = undefined>(call: (electron: Electron, argument: A) => R | Promise<R>, argument?: A): Promise<R>;
  readonly pid: number;
  /** Resolves with the exit code, null after a signal, when the process is gone. */
  readonly exited: Promise<number | null>;
  /** What the app has printed on stderr so far. */
  stderr(): string;
  /** Ends the app as it is; nothing is asked. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface LaunchOptions {
  /** The program of the main process. */
  readonly program: string;
  readonly args?: readonly string[];
  /** In place of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder that it is started in; this process's own when left out. */
  readonly cwd?: string;
}
