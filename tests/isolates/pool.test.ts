import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Isolate, IsolateEnded } from '../../src/main/isolates/isolate.ts';
import { IsolateListener } from '../../src/main/isolates/listener.ts';
import { type Call, Pool } from '../../src/main/isolates/pool.ts';
import type { Exit, IsolateSpawner } from '../../src/main/isolates/spawn.ts';
import { nodeSpawner } from '../../src/main/isolates/spawn-node.ts';
import type { Deed } from './scripted-isolate.ts';

const program = nodeSpawner({ inference: fileURLToPath(new URL('./scripted-isolate.ts', import.meta.url)) });
const said = z.object({ said: z.json() });

const listener = await IsolateListener.open();
let pool: Pool;

function openPool(maximum: number, spawner: IsolateSpawner = program): Pool {
  pool = new Pool({ spawner, listen: async () => listener, kind: 'inference', niceness: 0 }, maximum);
  return pool;
}

afterEach(() => pool.close());

function ask(isolate: Isolate, deed: Deed) {
  return isolate.ask(deed, said).then(({ reply }) => reply.said);
}

function call<T>(work: Call<T>['work'], options: Partial<Call<T>> = {}): Call<T> {
  return {
    subject: 'anything',
    runId: 'run',
    signal: new AbortController().signal,
    work,
    isOneRequest: () => false,
    died: ({ reason }: Exit) => new Error(`died: ${reason}`),
    settled: () => {},
    ...options,
  };
}

test('starts no process before the first call', () => {
  expect(openPool(2).stats()).toEqual({ processes: [], waiting: 0 });
});

test('a process works on one call at a time; further calls wait in order', async () => {
  openPool(1);
  const events: string[] = [];
  const work = (name: string) =>
    pool.run(
      call(async (isolate) => {
        events.push(`${name} begins`);
        await ask(isolate, { wait: 20 });
        events.push(`${name} ends`);
      }),
    );
  await Promise.all([work('first'), work('second'), work('third')]);
  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
  expect(pool.stats().processes).toHaveLength(1);
});

test('calls that wait start further processes, up to the maximum', async () => {
  openPool(3);
  const release = Promise.withResolvers<void>();
  const pids = new Set<number>();
  const together = Promise.withResolvers<void>();
  const works = Array.from({ length: 8 }, () =>
    pool.run(
      call(async (isolate) => {
        pids.add(isolate.pid);
        if (pids.size === 3) together.resolve();
        await release.promise;
        await ask(isolate, { echo: 1 });
      }),
    ),
  );
  await together.promise;
  expect(pool.stats()).toMatchObject({ processes: [{ busy: true }, { busy: true }, { busy: true }], waiting: 5 });
  release.resolve();
  await Promise.all(works);
  expect(pids.size).toBe(3);
});

test('a call goes to the process that knows its subject, and a new subject to the one that knows least', async () => {
  openPool(2);
  const pidFor = (subject: string, meanwhile: () => Promise<unknown> = async () => {}) =>
    pool.run(
      call(
        async (isolate) => {
          await meanwhile();
          return isolate.pid;
        },
        { subject },
      ),
    );
  let second = 0;
  const first = await pidFor('a', async () => {
    second = await pidFor('b');
  });
  expect(second).not.toBe(first);
  for (let i = 0; i < 3; i++) {
    expect(await pidFor('b')).toBe(second);
    expect(await pidFor('a')).toBe(first);
  }
  const third = await pidFor('c');
  expect(await pidFor('d')).not.toBe(third);
});

/** A call of one request, with what becomes of it in `events`. */
function brief(name: string, deed: Deed, events: string[], options: Partial<Call<unknown>> = {}): Promise<unknown> {
  const work: Call<unknown>['work'] = async (isolate) => {
    events.push(`${name} is sent`);
    const answer = await ask(isolate, deed);
    events.push(`${name} is answered`);
    return answer;
  };
  return pool.run(call(work, { isOneRequest: () => true, ...options }));
}

test('a process at work on a call of one request has the next one already', async () => {
  openPool(1);
  const events: string[] = [];
  await brief('warm-up', { echo: 0 }, []);
  const calls = ['first', 'second', 'third'].map((name) => brief(name, { wait: 50 }, events));
  await Promise.all(calls);
  expect(events).toEqual([
    'first is sent',
    'second is sent',
    'first is answered',
    'third is sent',
    'second is answered',
    'third is answered',
  ]);
});

test.each([
  ['another subject', { subject: 'another' }],
  ['another run', { runId: 'another' }],
  ['a call of several requests', { isOneRequest: () => false }],
])('%s is not sent ahead', async (_, options) => {
  openPool(1);
  const events: string[] = [];
  await brief('warm-up', { echo: 0 }, []);
  await Promise.all([brief('first', { echo: 1 }, events), brief('second', { echo: 2 }, events, options)]);
  expect(events).toEqual(['first is sent', 'first is answered', 'second is sent', 'second is answered']);
});

test('the death of a process costs the call that it was at work on; one sent ahead goes to another process', async () => {
  openPool(1);
  const events: string[] = [];
  let settled = 0;
  await brief('warm-up', { echo: 0 }, []);
  const first = brief('first', { exit: 3 }, events);
  const second = brief('second', { echo: 2 }, events, { settled: () => settled++ });
  await expect(first).rejects.toThrow('died: exit code 3');
  expect(settled).toBe(0);
  expect(await second).toBe(2);
  expect(settled).toBe(1);
  expect(events).toEqual(['first is sent', 'second is sent', 'second is sent', 'second is answered']);
});

test('to give up a call that was sent ahead leaves the process to the call before it', async () => {
  openPool(1);
  const events: string[] = [];
  await brief('warm-up', { echo: 0 }, []);
  const first = brief('first', { wait: 300 }, events);
  const controller = new AbortController();
  const second = brief('second', { echo: 2 }, events, { signal: controller.signal });
  controller.abort(new Error('too late'));
  await expect(second).rejects.toThrow('too late');
  expect(await first).toBe(null);
  expect(events).toContain('first is answered');
});

test('what the work throws reaches the caller, and the process stays', async () => {
  openPool(1);
  const failure = new TypeError('a mistake');
  await expect(pool.run(call(() => Promise.reject(failure)))).rejects.toBe(failure);
  expect(await pool.run(call((isolate) => ask(isolate, { echo: 'here' })))).toBe('here');
});

test('a process that exits fails its call with how it ended; settled is called once its death is confirmed', async () => {
  openPool(1);
  let settled = 0;
  const work = (isolate: Isolate) => ask(isolate, { exit: 3 });
  const end = pool.run(call(work, { settled: () => settled++ }));
  await expect(end).rejects.toThrow('died: exit code 3');
  expect(settled).toBe(1);
});

test('a process whose answers have no meaning is killed', async () => {
  openPool(1);
  const work = (isolate: Isolate) => isolate.ask({ echo: 1 }, z.object({ somethingElse: z.string() }));
  await expect(pool.run(call(work))).rejects.toThrow('died: an answer that has no meaning');
  expect(pool.stats().processes).toEqual([]);
});

test('a process that sends bytes that are no frame is ended', async () => {
  openPool(1, {
    spawn: (kind, options) => program.spawn(kind, { ...options, env: { ...options.env, WEFT_TEST_MANNERS: 'bad' } }),
  });
  await expect(pool.run(call((isolate) => ask(isolate, { echo: 1 })))).rejects.toThrow('died: SIGKILL');
});

test('a process that cannot be started fails the call only when no other process serves it', async () => {
  let starts = 0;
  openPool(2, {
    spawn: (kind, options) =>
      ++starts === 1 ? program.spawn(kind, options) : Promise.reject(new Error('too many processes')),
  });
  const echo = () => pool.run(call((isolate) => ask(isolate, { wait: 50 })));
  await echo();
  await Promise.all([echo(), echo(), echo()]);
  expect(starts).toBeGreaterThan(1);
});

test('a process that cannot be started fails every call that waits for it', async () => {
  openPool(1, { spawn: () => Promise.reject(new Error('too many processes')) });
  const calls = [1, 2, 3].map(() => pool.run(call(() => Promise.resolve())));
  for (const end of await Promise.allSettled(calls)) {
    expect(end).toMatchObject({ reason: { message: 'too many processes' } });
  }
});

test('a closed pool refuses calls', async () => {
  openPool(1);
  await pool.close();
  await expect(pool.run(call(() => Promise.resolve()))).rejects.toMatchObject({ code: 'E_CANCELLED' });
});

test('an isolate asked after its end says so', async () => {
  openPool(1);
  const isolate = await pool.run(call((isolate) => Promise.resolve(isolate)));
  isolate.kill();
  await isolate.exited;
  await expect(ask(isolate, { echo: 1 })).rejects.toBeInstanceOf(IsolateEnded);
});
