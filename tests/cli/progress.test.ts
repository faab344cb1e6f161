import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { hasTerminals, Terminal } from './terminal.ts';

test.skipIf(!hasTerminals)(
  'a video in a terminal has one line with frame, total, rate, time left and detections',
  {
    timeout: 60_000,
  },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-progress-'));
    try {
      const run = `${process.execPath} bin/weft.js run ${resolve('resources/graphs/detect-video.weft.json')}`;
      await using terminal = new Terminal(`stty cols 120; ${run} --out ${folder}; echo status $?`);
      await terminal.shows(/read {2}\d+ of 180 items {2}\d+\.\d\/s {2}\d+:\d\d left {2}\d+ detections/);
      await terminal.shows(/status 0/);
      await terminal.ended();
      expect(terminal.text).toMatch(/summary +\{"frames":180,"detections":\d+/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
