import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = pathToFileURL(resolve('src/main/cli/interrupt.ts')).href;

test.each(['SIGINT', 'SIGTERM'] as const)('the first %s cancels and lets the work end in order', async (signal) => {
  const child = program('() => { console.log("cancelled"); clearInterval(work); process.exitCode = 7; }');
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(String(await once(child.stdout, 'data'))).toBe('cancelled\n');
  expect(await exited).toEqual([7, null]);
});

test('the second interruption ends the process with 130 at once', async () => {
  const child = program('() => console.log("cancelled")');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a cancel that does not come to an end is cut off with 130', async () => {
  const child = program('() => {}');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

/** A process that works until `cancel` makes it stop. */
function program(cancel: string) {
  const source = `
    import { onInterrupt } from '${MODULE}';
    const work = setInterval(() => {}, 1000);
    onInterrupt(${cancel});
    console.log('ready');`;
  return spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
}
