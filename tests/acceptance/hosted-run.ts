import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { EngineHost } from '../../src/main/engine/host.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';
import type { RunRequest } from '../../src/shared/protocol/engine-calls.ts';
import type { RunEvent, RunSummary } from '../../src/shared/protocol/run-events.ts';
import type { EngineSettings } from '../../src/shared/protocol/thread-messages.ts';

/** Nodes that only these tests have: they spin, wait, fail. */
export const TEST_NODES = resolve(import.meta.dirname, 'nodes');

export interface HostedRun {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** Values of an output in the order of their items; one value for an output that is no stream. */
  output(name: string): JsonValue[];
}

/** An engine as every host runs it: on a thread of its own, with isolates that are processes. */
export class HostedEngine implements AsyncDisposable {
  readonly host: EngineHost;

  constructor(settings: Partial<EngineSettings> = {}) {
    this.host = new EngineHost({ poison: true, checkInputs: true, ...settings });
  }

  async run(
    graph: Graph | string,
    request: Partial<RunRequest> = {},
    onEvent: (event: RunEvent) => void = () => {},
  ): Promise<HostedRun> {
    const events: RunEvent[] = [];
    const asked = typeof graph === 'string' ? { path: graph } : { document: graph, folder: tmpdir() };
    const summary = await this.host.run({ graph: asked, out: tmpdir(), ...request }, (event) => {
      events.push(event);
      onEvent(event);
    });
    return { summary, events, output: (name) => outputOf(events, name) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
  }
}

function outputOf(events: readonly RunEvent[], name: string): JsonValue[] {
  return events
    .filter((event) => event.event === 'output')
    .filter((event) => event.name === name)
    .sort((a, b) => (a.item ?? 0) - (b.item ?? 0))
    .map(({ value }) => value);
}
