import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isBuilt } from '../../tools/build-state.ts';

describe('a build counts', () => {
  let root: string;

  /** Seconds since the epoch. */
  const write = (file: string, modifiedAt: number) => {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    utimesSync(path, modifiedAt, modifiedAt);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weft-build-'));
    write('src/renderer/canvas/canvas.tsx', 100);
    write('src/main/engine/engine.ts', 900);
    write('out/renderer/index.html', 200);
    write('out/preload/preload.cjs', 200);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('when it is newer than what it is made of', () => {
    expect(isBuilt(root)).toBe(true);
  });

  test.each([
    'src/renderer/canvas/node.tsx',
    'src/shared/graph/edit.ts',
    'src/preload/preload.ts',
    'package-lock.json',
  ])('no more when %s has changed', (file) => {
    write(file, 300);
    expect(isBuilt(root)).toBe(false);
  });

  test.each(['out/renderer/index.html', 'out/preload/preload.cjs'])('only with %s', (file) => {
    rmSync(join(root, file));
    expect(isBuilt(root)).toBe(false);
  });
});
