import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, isUnchanged, joinTraces } from '../../src/main/engine/file-trace.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-trace-'));
  file = join(folder, 'a.txt');
  writeFileSync(file, 'a');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a fingerprint changes', () => {
  const changes: Readonly<Record<string, () => void>> = {
    'with the size of a file': () => writeFileSync(file, 'longer'),
    'with the time of a file': () => utimesSync(file, 1000, 1000),
    'with a file put in its place': () => {
      const other = join(folder, 'other');
      writeFileSync(other, 'b');
      renameSync(other, file);
    },
    'when a file goes': () => rmSync(file),
  };
  test.each(Object.entries(changes))('%s', (_, change) => {
    const [ofFile, ofFolder] = [fingerprint(file), fingerprint(folder)];
    change();
    expect(fingerprint(file)).not.toBe(ofFile);
    expect(fingerprint(folder)).not.toBe(ofFolder);
  });

  test('when a file comes, or one in a folder gets another name', () => {
    const missing = fingerprint(join(folder, 'new'));
    writeFileSync(join(folder, 'new'), '');
    expect(fingerprint(join(folder, 'new'))).not.toBe(missing);
    const before = fingerprint(folder);
    renameSync(join(folder, 'new'), join(folder, 'newer'));
    expect(fingerprint(folder)).not.toBe(before);
  });

  test('not by itself', () => {
    mkdirSync(join(folder, 'inner'));
    expect(fingerprint(file)).toBe(fingerprint(file));
    expect(fingerprint(folder)).toBe(fingerprint(folder));
  });
});

test('a trace is unchanged while all of its files are, each asked for once', () => {
  const trace = new Map([
    [file, fingerprint(file)],
    [folder, fingerprint(folder)],
  ]);
  const stats = new Map<string, string>();
  expect(isUnchanged(trace, stats)).toBe(true);
  writeFileSync(file, 'changed');
  expect(isUnchanged(trace, stats)).toBe(true);
  expect(isUnchanged(trace, new Map())).toBe(false);
});

test('two traces joined have the files of both', () => {
  const [a, b] = [new Map([['a', '1']]), new Map([['b', '2']])];
  expect(joinTraces(a, b)).toEqual(new Map([...a, ...b]));
  expect(joinTraces(a, null)).toBe(a);
  expect(joinTraces(null, b)).toBe(b);
  expect(joinTraces(null, null)).toBeNull();
});
