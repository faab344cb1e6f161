import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import readLabels from '../../../nodes/classify/read-labels.ts';
import { refusal } from '../image/pictures.ts';
import { HeapContext, runNode } from '../node-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-labels-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const path = join(folder, 'labels.txt');
  writeFileSync(path, content);
  return path;
}

describe('classify/read-labels', () => {
  test('gives one name a line, and says which file it depends on', async () => {
    const ctx = new HeapContext();
    const path = fileWith('tench\ngoldfish\ngreat white shark\n');
    expect(await runNode(readLabels, { path }, ctx)).toEqual({ labels: ['tench', 'goldfish', 'great white shark'] });
    expect(ctx.fingerprinted).toEqual([path]);
  });

  test('takes files of Windows, with a byte order mark, and keeps the place of an empty line', async () => {
    const path = fileWith('\ufeffcat\r\n\r\ndog \r\n\r\n');
    expect(await runNode(readLabels, { path })).toEqual({ labels: ['cat', '', 'dog'] });
  });

  test('refuses an empty file, a missing one and a folder', async () => {
    await refusal(runNode(readLabels, { path: fileWith('\n\n') }), 'E_VALUE');
    await refusal(runNode(readLabels, { path: join(folder, 'none.txt') }), 'E_FILE_MISSING');
    await refusal(runNode(readLabels, { path: folder }), 'E_FILE_READ');
  });
});
