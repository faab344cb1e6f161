import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { gather, planOf, sink, testEngine, testNode } from './test-graph.ts';

describe('a file that a result was made from', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weft-cache-'));
    file = join(folder, 'file.txt');
    writeFileSync(file, 'yes');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Another size, so that the change shows whatever the clock of the file system. */
  const change = (text: string) => writeFileSync(file, text);

  const read = testNode('read', {
    inputs: { path: pin.path() },
    outputs: { text: pin.string() },
    async run({ path }, ctx) {
      await ctx.fingerprint(path);
      return { text: readFileSync(path, 'utf8') };
    },
  });
  const pass = testNode('pass', {
    inputs: { text: pin.string() },
    outputs: { text: pin.string() },
    run: (inputs) => inputs,
  });

  test('and that has changed makes it and all that follows run anew', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const plan = planOf({ read: { use: read, params: { path: file } }, pass, end: sink((text) => seen.push(text)) }, [
      'read.text -> pass.text',
      'pass.text -> end.value',
    ]);
    await test.run(plan);
    expect((await test.run(plan)).states).toEqual({ pass: 'cached', end: 'done' });
    change('other');
    expect((await test.run(plan)).states).toEqual({ read: 'done', pass: 'done', end: 'done' });
    utimesSync(file, 1, 1);
    expect((await test.run(plan)).states).toEqual({ read: 'done', pass: 'done', end: 'done' });
    expect(seen).toEqual(['yes', 'yes', 'other', 'other']);
  });

  test('decides again which branch is taken', async () => {
    await using test = await testEngine();
    const seen: unknown[] = [];
    const only = testNode('only', {
      inputs: { text: pin.string() },
      outputs: { text: pin.string() },
      run: ({ text }) => (text === 'yes' ? { text } : SKIP),
    });
    const merge = testNode('merge', {
      inputs: {
        a: pin.string({ optional: true, acceptsSkipped: true }),
        b: pin.string({ default: 'none', acceptsSkipped: true }),
      },
      outputs: { text: pin.string() },
      run: ({ a, b }) => ({ text: a ?? b }),
    });
    const plan = planOf(
      { read: { use: read, params: { path: file } }, only, pass, merge, end: sink((text) => seen.push(text)) },
      ['read.text -> only.text', 'only.text -> pass.text', 'pass.text -> merge.a', 'merge.text -> end.value'],
    );
    change('nothing');
    await test.run(plan);
    await test.run(plan);
    change('yes');
    await test.run(plan);
    expect(seen).toEqual(['none', 'none', 'yes']);
  });

  test('counts for a fold, also through items that were dropped and when there was none', async () => {
    await using test = await testEngine();
    const lines = testNode('lines', {
      inputs: { path: pin.path() },
      outputs: { text: pin.string() },
      async *source({ path }, ctx) {
        await ctx.fingerprint(path);
        for (const text of readFileSync(path, 'utf8').split(' ')) if (text !== '') yield { text };
      },
    });
    const long = testNode('long', {
      inputs: { text: pin.string() },
      outputs: { text: pin.string() },
      run: ({ text }) => (text.length > 3 ? { text } : SKIP),
    });
    const seen: unknown[] = [];
    const plan = planOf(
      { lines: { use: lines, params: { path: file } }, long, gather, end: sink((list) => seen.push(list)) },
      ['lines.text -> long.text', 'long.text -> gather.value', 'gather.list -> end.value'],
    );
    for (const text of ['', 'a b', 'a b cccc', 'a b cccc']) {
      change(text);
      await test.run(plan);
    }
    expect(seen).toEqual([[], [], ['cccc'], ['cccc']]);
    expect((await test.run(plan)).states).toMatchObject({ gather: 'cached' });
  });
});
