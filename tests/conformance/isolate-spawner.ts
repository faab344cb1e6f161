import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { EntryPoints, IsolateProcess, IsolateSpawner } from '../../src/main/isolates/spawn.ts';

const ENDED_PROCESS = fileURLToPath(new URL('./ended-process.ts', import.meta.url));

/** What every implementation of `IsolateSpawner` must do. `create` makes one that starts the given programs. */
export function describeIsolateSpawner(name: string, create: (entryPoints: EntryPoints) => IsolateSpawner): void {
  const start = (deed: string, options: { niceness?: number; env?: Record<string, string> } = {}) =>
    create({ inference: ENDED_PROCESS, media: ENDED_PROCESS }).spawn('inference', {
      niceness: options.niceness ?? 0,
      env: { WEFT_TEST_DEED: deed, ...options.env },
    });

  describe(`${name} starts isolates`, () => {
    test('a process that aborts is said to have ended with SIGABRT', async () => {
      expect((await (await start('abort')).exited).reason).toBe('SIGABRT');
    });

    test('a process that exits is said to have ended with its exit code', async () => {
      expect(await (await start('exit')).exited).toEqual({ reason: 'exit code 3', lastWords: '' });
    });

    test('the last words of a process are the line that says why, not its stack trace', async () => {
      expect(await (await start('throw')).exited).toEqual({
        reason: 'exit code 1',
        lastWords: 'Error: the deed was to throw',
      });
    });

    test.skipIf(process.platform === 'win32')(
      'a process whose memory runs out is said to be out of memory',
      async () => {
        expect((await (await start('fillHeap')).exited).reason).toBe('out of memory');
      },
    );

    test('a process that spins can be killed', async () => {
      const process = await start('spin');
      expect(isAlive(process)).toBe(true);
      process.kill();
      expect((await process.exited).reason).toBe('SIGKILL');
      expect(isAlive(process)).toBe(false);
    });

    test('killing a process that is gone changes nothing', async () => {
      const process = await start('exit');
      const exit = await process.exited;
      process.kill();
      expect(await process.exited).toBe(exit);
    });

    test('one process does not end with another', async () => {
      const [first, second] = await Promise.all([start('wait'), start('wait')]);
      first.kill();
      await first.exited;
      expect(isAlive(second)).toBe(true);
      second.kill();
      await second.exited;
    });

    test('flags for the own Node do not reach the process, everything else does', async () => {
      process.env.NODE_OPTIONS = '--no-deprecation';
      process.env.LIBRARY_SETTING = 'kept';
      const { exited } = await start('tellEnvironment', { env: { GIVEN: 'also' } });
      const environment = JSON.parse((await exited).lastWords);
      delete process.env.NODE_OPTIONS;
      delete process.env.LIBRARY_SETTING;
      expect(environment).toMatchObject({ LIBRARY_SETTING: 'kept', GIVEN: 'also' });
      expect(environment).not.toHaveProperty('NODE_OPTIONS');
    });

    test.skipIf(process.platform === 'win32')('a nice process runs at a lower priority', async () => {
      expect((await (await start('tellPriority', { niceness: 7 })).exited).lastWords).toBe('priority 7');
    });
  });
}

function isAlive({ pid }: IsolateProcess): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
