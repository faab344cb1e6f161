import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ErrorReport } from '../../src/shared/node-api/weft-error.ts';
import type { RunEvent } from '../../src/shared/protocol/run-events.ts';

const error: ErrorReport = { code: 'E_NODE_THREW', message: 'No luck.', causes: [], node: 'write' };
const EVENTS: RunEvent[] = [
  { event: 'run.started', run: 'r', graph: 'g', nodes: 2, cached: [], notes: ['load.image goes to write.image.'] },
  { event: 'node.running', node: 'load' },
  { event: 'node.progress', node: 'load', done: 0.5 },
  { event: 'log', node: 'load', level: 'info', message: 'half of it' },
  { event: 'node.finished', node: 'load', status: 'done', attempt: 1, ms: 1500, bytes: 2_500_000 },
  { event: 'node.finished', node: 'write', status: 'failed', attempt: 1, ms: 0.25, bytes: 0, error },
  { event: 'output', name: 'text', value: 'two\nlines' },
  { event: 'output', name: 'boxes', item: 3, value: [{ label: 'cat' }] },
  {
    event: 'run.finished',
    run: 'r',
    status: 'failed',
    ms: 1600,
    done: 1,
    cached: 0,
    failed: 1,
    skipped: 0,
    cancelled: 0,
    memory: { peakBytes: 1, arena: 'zero-copy' },
    streams: {},
    error,
  },
];

describe('a run for people, without a terminal', () => {
  test('has the outputs on stdout and all else on stderr, without colours', async () => {
    const { stdout, stderr } = await printed('run-report.ts', 'RunReport');
    expect(stdout).toBe('boxes[3]  [{"label":"cat"}]\ntext\ntwo\nlines\n');
    expect(stderr.split('\n')).toEqual([
      'load.image goes to write.image.',
      'load: half of it',
      'write: E_NODE_THREW No luck.',
      'load   done    1.50 s  2.5 MB',
      'write  failed  0.3 ms  0 B',
      'failed in 1.60 s: 1 done, 1 failed',
      '',
    ]);
  });
});

describe('a run for programs', () => {
  test('is one event a line on stdout; logs go to stderr', async () => {
    const { stdout, stderr } = await printed('json-report.ts', 'JsonReport');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(EVENTS.filter(({ event }) => event !== 'log'));
    expect(stderr).toBe('load: half of it\n');
  });
});

/** What a report prints of the events, in a process of its own. */
function printed(file: string, report: string) {
  const source = `
    import { ${report} } from '${pathToFileURL(resolve('src/main/cli', file)).href}';
    const report = new ${report}();
    for (const event of ${JSON.stringify(EVENTS)}) report.event(event);
    report.close();`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', source]);
}
