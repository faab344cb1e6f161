import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineHost } from '../../src/main/engine/host.ts';
import type { RunEvent, RunSummary } from '../../src/shared/protocol/run-events.ts';
import { identityModel } from '../onnx/models.ts';
import { graphOf } from './test-graph.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-host-'));
  writeNode('double', '{ x: pin.number({ default: 21 }) }', '({ x }) => ({ y: 2 * x })');
  writeNode(
    'wait',
    '{}',
    '(_, { signal }) => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)))',
  );
  writeNode('bomb', '{}', '() => new Promise(() => { setTimeout(() => { throw new Error("boom"); }, 5); })');
  writeNode('spin', '{}', '() => { for (;;); }');
  writeNode('spin-later', '{}', 'async () => { await null; for (;;); }');
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeNode(name: string, inputs: string, run: string): void {
  mkdirSync(join(folder, 'test'), { recursive: true });
  writeFileSync(
    join(folder, 'test', `${name}.ts`),
    `import { defineNode, pin } from 'weft';
    export default defineNode({
      type: 'test/${name}', version: 1, title: '${name}', summary: 'For tests.',
      inputs: ${inputs}, outputs: { y: pin.number() }, run: (${run}) as any,
    });`,
  );
}

interface HostedRun {
  readonly events: readonly RunEvent[];
  readonly summary: RunSummary;
}

class TestHost implements AsyncDisposable {
  readonly host = new EngineHost({ nodesFolders: [folder] });

  /** Runs a graph of one node and an output; `onEvent` gets the id of the run too. */
  async run(
    node: string,
    policy: { timeout?: number } = {},
    onEvent: (event: RunEvent, run: string) => void = () => {},
    timeoutMs?: number,
  ): Promise<HostedRun> {
    const events: RunEvent[] = [];
    let run = '';
    const document = graphOf(
      [
        { id: 'node', type: `test/${node}@1`, policy },
        { id: 'out', type: 'io/output@1', params: { name: 'y' } },
      ],
      ['node.y -> out.value'],
    );
    const summary = await this.host.run({ graph: { document, folder }, out: folder, timeoutMs }, (event) => {
      events.push(event);
      if (event.event === 'run.started') run = event.run;
      onEvent(event, run);
    });
    return { events, summary };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
  }
}

describe('a run on the engine thread', () => {
  test('tells its start first and its end last, and the same end as its answer', async () => {
    await using engine = new TestHost();
    const { events, summary } = await engine.run('double');
    expect(events[0]).toMatchObject({ event: 'run.started', nodes: 2, cached: [] });
    expect(events).toContainEqual({ event: 'output', name: 'y', value: 42 });
    expect(events.at(-1)).toEqual({ event: 'run.finished', ...summary });
    expect(events.filter(({ event }) => event === 'run.started' || event === 'run.finished')).toHaveLength(2);
    expect(summary).toMatchObject({ status: 'done', done: 2 });
  });

  test('of a graph with problems is refused with all of them', async () => {
    await using engine = new TestHost();
    const document = graphOf(
      [
        { id: 'a', type: 'test/nothing@1' },
        { id: 'b', type: 'test/double@1' },
      ],
      ['b.z -> a.x', 'c.y -> b.x'],
    );
    const events: RunEvent[] = [];
    const summary = await engine.host.run({ graph: { document, folder }, out: folder }, (event) => events.push(event));
    expect(summary.status).toBe('refused');
    expect(events.map(({ event }) => event)).toEqual(['run.started', 'problem', 'problem', 'problem', 'run.finished']);
    const codes = events.flatMap((event) => (event.event === 'problem' ? [event.problem.code] : []));
    expect(codes.sort()).toEqual(['E_NODE_UNKNOWN', 'E_PIN_UNKNOWN', 'E_WIRE_NODE']);
  });

  test('that is cancelled ends by itself when its nodes heed the signal', async () => {
    await using engine = new TestHost();
    const { events, summary } = await engine.run('wait', {}, (event, run) => {
      if (event.event === 'run.started') engine.host.cancel(run);
    });
    expect(summary).toMatchObject({ status: 'cancelled', cancelled: 2, error: { code: 'E_CANCELLED' } });
    expect(events.at(-1)).toEqual({ event: 'run.finished', ...summary });
    expect((await engine.run('double')).summary.status).toBe('done');
  });

  test('that cannot begin, for the file is not there, is refused', async () => {
    await using engine = new TestHost();
    const missing = { graph: { path: join(folder, 'no.weft.json') }, out: folder };
    const summary = await engine.host.run(missing, () => {});
    expect(summary).toMatchObject({ status: 'refused', error: { code: 'E_FILE_MISSING' } });
  });
});

test('a node that holds the thread up is told to be running all the same, once', async () => {
  await using engine = new TestHost();
  const { events } = await engine.run('spin', {}, (event, run) => {
    if (event.event === 'node.running') engine.host.cancel(run);
  });
  expect(events.filter(({ event }) => event === 'node.running')).toEqual([{ event: 'node.running', node: 'node' }]);
  expect(events.at(-1)).toMatchObject({ event: 'run.finished', status: 'cancelled' });
});

describe('an engine thread that is lost', () => {
  test('for a node threw outside of its body ends the run with E_ENGINE_DIED; the next call works', async () => {
    await using engine = new TestHost();
    const { events, summary } = await engine.run('bomb');
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'E_ENGINE_DIED', causes: ['boom'] } });
    expect(events.at(-1)).toEqual({ event: 'run.finished', ...summary });
    expect((await engine.run('double')).summary).toMatchObject({ status: 'done', done: 2 });
  });

  test.each(['spin', 'spin-later'])(
    'for a node outlasted its timeout (%s) ends the run with E_TIMEOUT; the next call works',
    async (node) => {
      await using engine = new TestHost();
      const { summary } = await engine.run(node, { timeout: 0.2 });
      expect(summary).toMatchObject({ status: 'failed', failed: 1, error: { code: 'E_TIMEOUT', node: 'node' } });
      expect((await engine.run('double')).summary.status).toBe('done');
    },
  );

  test('for a node spins when the time of the run is over ends the run, though it was over before the run began', async () => {
    await using engine = new TestHost();
    const { summary } = await engine.run('spin', {}, undefined, 1);
    expect(summary.status).toBe('timeout');
  });

  test('for a cancelled node spins ends the run as cancelled; the next call works', async () => {
    await using engine = new TestHost();
    const { events, summary } = await engine.run('spin', {}, (event, run) => {
      if (event.event === 'run.started') engine.host.cancel(run);
    });
    expect(summary).toMatchObject({ status: 'cancelled', error: { code: 'E_CANCELLED', node: 'node' } });
    expect(events.at(-1)).toEqual({ event: 'run.finished', ...summary });
    expect((await engine.run('double')).summary.status).toBe('done');
  });

  test('ends calls that are no runs too', async () => {
    await using engine = new TestHost();
    const spinning = engine.run('spin', { timeout: 0.2 }, (event) => {
      if (event.event === 'run.started') nodes = engine.host.nodes().catch((error: unknown) => error);
    });
    let nodes: Promise<unknown> = Promise.resolve();
    await spinning;
    expect(await nodes).toMatchObject({ code: 'E_ENGINE_DIED' });
    expect((await engine.host.nodes('double')).nodes[0].id).toBe('test/double@1');
  });
});

describe('closing the host', () => {
  test('ends runs under way', async () => {
    const engine = new TestHost();
    const started = Promise.withResolvers<void>();
    const running = engine.run('spin', {}, () => started.resolve());
    await started.promise;
    await engine.host.close();
    expect((await running).summary).toMatchObject({ status: 'cancelled', error: { code: 'E_CANCELLED' } });
  });

  test.runIf(process.platform === 'linux')('leaves no process of those that ran models', async () => {
    const engine = new TestHost();
    const model = join(folder, 'identity.onnx');
    writeFileSync(model, identityModel('float32', [1]));
    const document = graphOf(
      [
        { id: 'load', type: 'model/load@1', params: { path: model } },
        { id: 'out', type: 'io/output@1', params: { name: 'model' } },
      ],
      ['load.model -> out.value'],
    );
    const summary = await engine.host.run({ graph: { document, folder }, out: folder }, () => {});
    expect(summary.error).toBeUndefined();
    expect(childProcesses()).not.toEqual([]);
    await engine.host.close();
    expect(childProcesses()).toEqual([]);
  });
});

function childProcesses(): string[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8')
      .split(' ')
      .filter((pid) => pid !== ''),
  );
}
