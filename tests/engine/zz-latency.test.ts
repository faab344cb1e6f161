import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'vitest';
import camera from '../../nodes/video/camera.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { FakeWindow } from './fake-window.ts';
import { planOf, sink, testEngine, testNode } from './test-graph.ts';
for (const [ms, ordered] of [[5, true], [25, true], [40, true], [100, true], [100, false]] as const)
test(`latency ${ms} ${ordered}`, async () => {
  const window = new FakeWindow('w');
  await using engine = await testEngine({ askCamera: (whom, r) => setTimeout(() => window.asked(whom, r), 3) });
  window.tell = (news) => setTimeout(() => engine.engine.windowCameras?.take('w', news), 3);
  const ages: number[] = []; const times: number[] = [];
  const took: number[] = [];
  const body = async ({ frame }: any) => { const t = performance.now(); await wait(ms); took.push(performance.now() - t); return { index: frame.index }; };
  const slow = testNode('slow', { inputs: { frame: pin.frame() }, outputs: { index: pin.integer() }, ...(ordered ? { open: () => ({ process: body }) } : { run: body }) } as any);
  let id = '';
  const plan = planOf({ see: { use: camera, params: { device: '0', width: 64, height: 48 } }, slow, sink: sink((v) => { ages.push(performance.now() - window.at[v as number]); times.push(performance.now()); }) }, ['see.frame -> slow.frame', 'slow.index -> sink.value']);
  const run = engine.run(plan, { shownIn: { window: 'w' }, started: (x) => (id = x) });
  await window.opened();
  window.film(1000 / 30);
  await wait(6000);
  engine.engine.finish(id);
  const { summary } = await run;
  const s = ages.slice(10).sort((a, b) => a - b);
  const t = took.slice(10).sort((a, b) => a - b);
  console.log(ms, ordered, 'n', ages.length, 'rate', (1000 * (times.length - 11) / (times.at(-1)! - times[10])).toFixed(1), 'p50', s[s.length >> 1].toFixed(1), 'p95', s[Math.floor(s.length * 0.95)].toFixed(1), 'took p50', t[t.length>>1].toFixed(1), JSON.stringify(summary.streams));
}, 60000);
