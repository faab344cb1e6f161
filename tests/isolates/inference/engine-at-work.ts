/** An engine whose isolate is in the middle of a run that lasts a minute; tells the isolate's pid and its own folder. */
import { slowModel } from '../../onnx/models.ts';
import { Workbench } from './workbench.ts';

const bench = new Workbench();
const model = await bench.load(slowModel(60_000));
void bench.run(model, { input: bench.scope.tensor('float32', [256, 256]) });
console.log(JSON.stringify({ isolate: bench.inference.stats().single.processes[0].pid, folder: bench.folder }));
