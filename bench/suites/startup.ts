import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caseOf, rounded, type SuiteResult } from '../case.ts';
import { interleave, type Side } from '../interleave.ts';

const weft = fileURLToPath(new URL('../../bin/weft.js', import.meta.url));

/** Three nodes without inference: numbers, gathered, given out. */
const GRAPH = {
  weft: 1,
  name: 'cold3',
  nodes: [
    { id: 'range', type: 'flow/range@1', params: { stop: 3 } },
    { id: 'collect', type: 'flow/collect@1' },
    { id: 'output', type: 'io/output@1', params: { name: 'numbers' } },
  ],
  wires: [
    { from: 'range.value', to: 'collect.value' },
    { from: 'collect.list', to: 'output.value' },
  ],
};

/** What a person waits for who runs a small graph in a terminal: whole processes, from start to exit. */
export async function startupSuite(): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-startup-'));
  try {
    const graph = join(folder, 'cold3.weft.json');
    await writeFile(graph, JSON.stringify(GRAPH));
    const measured = await interleave(
      {
        weft: wholeProcess([weft, 'run', graph, '--json'], /"name":"numbers","value":\[0,1,2\]/),
        node: wholeProcess(['-e', '0'], /^$/),
      },
      { warmUps: 2, maxRounds: 25, maxSeconds: 40 },
    );
    const { weft: own, node } = measured.timings;
    return {
      suite: 'startup',
      cases: { cold3: caseOf(measured, 'ms', { difference_ms: rounded(own.median - node.median) }) },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @throws Error when the process fails or prints something else: a fast failure is not a fast run. */
function wholeProcess(args: readonly string[], prints: RegExp): Side {
  return {
    measure() {
      const start = performance.now();
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const time = performance.now() - start;
      if (status !== 0 || !prints.test(stdout)) {
        throw new Error(`node ${args.join(' ')} ended with ${status} and printed: ${stdout}${stderr}`);
      }
      return time;
    },
  };
}
