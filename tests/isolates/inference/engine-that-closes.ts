/** An engine that uses three isolates, tells their pids, closes, and has nothing more to do. */
import { availableParallelism } from 'node:os';
import { addModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const bench = new Workbench();
const model = await bench.load(addModel(1), { parallel: 'single' });
const input = bench.scope.tensor('float32', [1, 4]);
const run = () => bench.run(model, { input }, { parallel: 'stream' });
const processes = Math.min(2, availableParallelism());
while (bench.inference.stats().stream.processes.length < processes) await Promise.all([run(), run(), run(), run()]);
const { single, stream } = bench.inference.stats();
console.log(JSON.stringify([...single.processes, ...stream.processes].map(({ pid }) => pid)));
await bench[Symbol.asyncDispose]();
