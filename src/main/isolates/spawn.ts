/** What an isolate does; each kind is a program of its own. */
export type IsolateKind = 'inference' | 'media';

/** The program of each kind, as an absolute path. */
export type EntryPoints = Readonly<Record<IsolateKind, string>>;

export interface SpawnOptions {
  /** Added to the environment that the isolate inherits. Other users of the machine cannot read it, unlike arguments. */
  readonly env: Readonly<Record<string, string>>;
  /** Lowers the priority of the process: 0 (as the app) to 19. */
  readonly niceness: number;
}

/** How a process ended. */
export interface Exit {
  /** `SIGABRT`, `exit code 3`, `out of memory`. */
  readonly reason: string;
  /** The last line that the process wrote to stderr, stack traces aside; empty when it wrote none. */
  readonly lastWords: string;
}

export interface IsolateProcess {
  readonly pid: number;
  /** Resolves, once, when the process is confirmed to be gone: from then on it writes nowhere. */
  readonly exited: Promise<Exit>;
  /** Ends the process at once; `exited` tells when it is gone. A process that is gone already is no error. */
  kill(): void;
}

/**
 * Starts isolates. It belongs to the host's thread, since Electron's utilityProcess exists only there; the engine's
 * thread reaches it through `spawn-relay.ts`. Every implementation passes `tests/conformance/isolate-spawner.ts`.
 */
export interface IsolateSpawner {
  /** @throws E_ISOLATE_START when the system does not start the process. */
  spawn(kind: IsolateKind, options: SpawnOptions): Promise<IsolateProcess>;
}
