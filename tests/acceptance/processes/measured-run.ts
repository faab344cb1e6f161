/**
 * Runs a graph on an engine of this process and prints a line of JSON for every hundredth value of its output: how much
 * memory is in use then. The last line is the engine's own account after the run.
 */
import { tmpdir, totalmem } from 'node:os';
import { Engine } from '../../../src/main/engine/engine.ts';
import { Heartbeat } from '../../../src/main/engine/heartbeat.ts';
import { nodeSpawner } from '../../../src/main/isolates/spawn-node.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';
import { isolatesOf, residentBytes } from '../running.ts';

const [graph, nodesFolder] = process.argv.slice(2);
const engine = await Engine.open({
  segments: new SegmentPool(),
  spawner: nodeSpawner(),
  heartbeat: new Heartbeat(),
  budgetBytes: totalmem() / 2,
  nodesFolders: [nodesFolder],
  poison: true,
  checkInputs: true,
});

let outputs = 0;
const summary = await engine.run(
  { graph: { path: graph }, out: tmpdir() },
  {
    started() {},
    batch({ events }) {
      for (const { event } of events) {
        if (event !== 'output' || ++outputs % 100 !== 0) continue;
        const isolates = [...isolatesOf(process.pid), ...isolatesOf(process.pid, 'media')].map(residentBytes);
        print({ outputs, engineBytes: process.memoryUsage.rss(), isolateBytes: Math.max(0, ...isolates) });
      }
    },
  },
);
print({ summary, arena: engine.store.stats().arena });
await engine.close();
print({ arena: engine.store.stats().arena });

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
