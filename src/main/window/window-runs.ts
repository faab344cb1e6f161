import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunEvent, RunSummary } from '../../shared/protocol/run-events.ts';
import type { WindowRunRequest } from '../../shared/protocol/window-calls.ts';
import type { EngineHost } from '../engine/host.ts';
import { baseFolder, outputFolder } from './graph-paths.ts';
import { RunRelay } from './run-relay.ts';

interface WindowRun {
  readonly ticket: string;
  /** Null before it has begun. */
  id: string | null;
  ending: 'stop' | 'finish' | null;
  readonly ended: Promise<RunSummary>;
}

/** The runs of one window. */
export class WindowRuns {
  readonly #engine: EngineHost;
  readonly #window: string;
  readonly #relay: RunRelay;
  readonly #runs = new Map<string, WindowRun>();

  constructor(engine: EngineHost, window: string, send: (ticket: string, events: readonly RunEvent[]) => void) {
    this.#engine = engine;
    this.#window = window;
    this.#relay = new RunRelay(send);
  }

  /** Resolves when the run has ended and its events have been sent. */
  async start(request: WindowRunRequest): Promise<RunSummary> {
    const { ticket, document, graph, folder, inputs, backend, to, from, record } = request;
    if (this.#runs.has(ticket)) {
      throw new WeftError('E_PROTOCOL', `The ticket ${ticket} is that of a run under way: choose another.`);
    }
    const ended = this.#engine.runInBatches(
      {
        graph: { document, folder: baseFolder(folder) },
        inputs,
        backend,
        to,
        from,
        record,
        shownIn: { window: this.#window, graph },
        out: outputFolder(folder),
      },
      (events) => {
        for (const event of events) if (event.event === 'run.started') this.#begun(run, event.run);
        this.#relay.add(ticket, events);
      },
    );
    const run: WindowRun = { ticket, id: null, ending: null, ended };
    this.#runs.set(ticket, run);
    try {
      const summary = await ended;
      await this.#relay.sent(ticket);
      return summary;
    } finally {
      this.#runs.delete(ticket);
    }
  }

  /** `name` is the id of a run, or its ticket; one that has ended needs no stop. */
  stop(name: string): void {
    for (const run of this.#named(name)) this.#stop(run);
  }

  /** Ends live sources, so that the run is done when what they have given has passed through; named as for `stop`. */
  finish(name: string): void {
    for (const run of this.#named(name)) {
      run.ending ??= 'finish';
      if (run.id !== null) this.#finish(run.id);
    }
  }

  /** Stops all of them; resolves when they have ended. */
  async stopAll(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) this.#stop(run);
    await Promise.allSettled(runs.map(({ ended }) => ended));
  }

  #begun(run: WindowRun, id: string): void {
    run.id = id;
    if (run.ending === 'stop') this.#engine.cancel(id);
    if (run.ending === 'finish') this.#finish(id);
  }

  #named(name: string): WindowRun[] {
    return [...this.#runs.values()].filter(({ id, ticket }) => id === name || ticket === name);
  }

  #stop(run: WindowRun): void {
    run.ending = 'stop';
    if (run.id !== null) this.#engine.cancel(run.id);
  }

  #finish(id: string): void {
    // Only a thread that died has no answer, and then the run has ended as well.
    this.#engine.finish(id).catch(() => {});
  }
}
