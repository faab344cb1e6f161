import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from '../engine/test-graph.ts';
import { probe } from '../isolates/media/made-videos.ts';
import { hasTerminals, Terminal } from './terminal.ts';

const WEFT = `${process.execPath} ${join(import.meta.dirname, '../../bin/weft.js')}`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-keys-'));
  const camera = { id: 'see', type: 'video/camera@1', params: { device: 'pattern', width: 64, height: 48 } };
  const count = [
    { id: 'count', type: 'flow/collect@1' },
    { id: 'frames', type: 'io/output@1', params: { name: 'frames' } },
  ];
  const counted = ['see.index -> count.value', 'count.count -> frames.value'];
  const record = { name: 'record', type: 'boolean', default: false };
  writeFileSync(
    join(folder, 'recorded.weft.json'),
    JSON.stringify(
      graphOf(
        [
          camera,
          ...count,
          { id: 'record', type: 'io/input@1', params: record },
          { id: 'write', type: 'video/record@1' },
          { id: 'files', type: 'flow/collect@1' },
          { id: 'recordings', type: 'io/output@1', params: { name: 'recordings' } },
        ],
        [
          ...counted,
          'see.frame -> write.image',
          'record.value -> write.on',
          'write.path -> files.value',
          'files.list -> recordings.value',
        ],
      ),
    ),
  );
  writeFileSync(join(folder, 'seen.weft.json'), JSON.stringify(graphOf([camera, ...count], counted)));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A run in a terminal, whose settings before and after it are kept, and its status. */
function running(graph: 'recorded' | 'seen', ...options: readonly string[]): Terminal {
  const run = `${WEFT} run ${join(folder, graph)}.weft.json --out ${join(folder, 'out')} ${options.join(' ')}`;
  return new Terminal(`cd ${folder}; stty -a > before; ${run}; echo status $?; stty -a > after`);
}

function expectTerminalRestored(): void {
  expect(readFileSync(join(folder, 'after'), 'utf8')).toBe(readFileSync(join(folder, 'before'), 'utf8'));
}

/** Waits until so many further items have gone by, after `from` characters; returns where that is told. */
async function itemsPass(terminal: Terminal, from: number, count: number): Promise<number> {
  const seen = () => Number(/(\d+) items$/.exec(terminal.text.slice(0, at))?.[1]);
  let at = await terminal.shows(/\d items/, from);
  const enough = seen() + count;
  while (seen() < enough) at = await terminal.shows(/\d items/, at);
  return at;
}

const HINT = /Q ends the run, S starts and stops a recording\./;

describe.skipIf(!hasTerminals)('a run with a live source in a terminal', () => {
  test('records from S to S, into another file each time, and ends well with Q', { timeout: 60_000 }, async () => {
    await using terminal = running('recorded');
    let at = await terminal.shows(HINT);
    for (let recording = 0; recording < 2; recording++) {
      terminal.press('s');
      at = await terminal.shows(/Recording\./, at);
      at = await itemsPass(terminal, at, 10);
      terminal.press('S');
      at = await terminal.shows(/Recording stopped\./, at);
      at = await itemsPass(terminal, at, 10);
    }
    terminal.press('q');
    await terminal.shows(/status 0/, at);
    await terminal.ended();
    const files = ['recording-2.mp4', 'recording.mp4'];
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(files);
    for (const file of files) {
      expect(terminal.text).toContain(join(folder, 'out', file));
      expect(probe(join(folder, 'out', file)).frames).toBeGreaterThanOrEqual(8);
    }
    expect(terminal.text).toMatch(/frames +\d+/);
    expectTerminalRestored();
  });

  test('is told of no recording where the graph has none', async () => {
    await using terminal = running('seen');
    const at = await terminal.shows(/Q ends the run\./);
    terminal.press('sq');
    await terminal.shows(/status 0/, at);
    await terminal.ended();
    expectTerminalRestored();
  });

  test.each([
    ['is interrupted by Ctrl-C as ever', '\u0003'],
    ['ends at once at a second one', '\u0003\u0003'],
  ])('%s', async (_, keys) => {
    await using terminal = running('recorded');
    const at = await terminal.shows(HINT);
    await terminal.shows(/\d items/, at);
    terminal.press(keys);
    await terminal.shows(/status 130/, at);
    await terminal.ended();
    expectTerminalRestored();
  });

  test('leaves the terminal as it was when a node fails', async () => {
    await using terminal = running('recorded', '--set', 'record=true', '--node', 'write.path=film.txt');
    await terminal.shows(/status 1/);
    await terminal.ended();
    expectTerminalRestored();
  });
});

describe.skipIf(!hasTerminals)('a run without a live source', () => {
  test('listens to no keys', async () => {
    writeFileSync(
      join(folder, 'still.weft.json'),
      JSON.stringify(
        graphOf(
          [
            { id: 'range', type: 'flow/range@1', params: { stop: 3 } },
            { id: 'out', type: 'io/output@1', params: { name: 'value' } },
          ],
          ['range.value -> out.value'],
        ),
      ),
    );
    await using terminal = new Terminal(
      `${WEFT} run ${join(folder, 'still.weft.json')} --out ${folder}; echo status $?`,
    );
    await terminal.shows(/status \d/);
    await terminal.ended();
    expect(terminal.text).toContain('status 0');
    expect(terminal.text).not.toContain('ends the run');
  });
});
