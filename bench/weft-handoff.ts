import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Inference } from '../src/main/isolates/inference/inference.ts';
import { nodeSpawner } from '../src/main/isolates/spawn-node.ts';
import { Arena } from '../src/main/store/arena.ts';
import { CallScope } from '../src/main/store/call-scope.ts';
import { SegmentPool } from '../src/main/store/segment-pool.ts';
import { Tensor } from '../src/shared/node-api/tensor.ts';
import { buildModel } from '../tests/onnx/build-model.ts';

/** A tensor in the arena, and an isolate to hand it to as inference does. */
export interface WeftHandoff {
  readonly tensor: Tensor<'float32'>;
  /** Resolves with the last element of the tensor, as the isolate sees it. */
  roundTrip(): Promise<number>;
  stop(): Promise<void>;
}

/** Who answers: an isolate that runs nothing, so that the hand-over alone is measured, or ONNX Runtime. */
export type Answerer = 'echo' | 'onnxruntime';

/** @throws Error where this machine shares no memory: there is nothing to measure. */
export async function startWeftHandoff(shape: readonly number[], answerer: Answerer): Promise<WeftHandoff> {
  const arena = new Arena(new SegmentPool(), { budgetBytes: 2 ** 28 });
  const { sharing } = arena.stats();
  if (sharing !== 'zero-copy') throw new Error(`The arena does not share memory here (${sharing}).`);
  const echo = { inference: fileURLToPath(new URL('./echo-isolate.ts', import.meta.url)) };
  const inference = new Inference({ arena, spawner: answerer === 'echo' ? nodeSpawner(echo) : nodeSpawner() });
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-handoff-'));
  const path = join(folder, 'last-element.onnx');
  await writeFile(path, lastElementModel(shape));

  const call = { runId: 'bench', signal: new AbortController().signal, parallel: 'single' } as const;
  const model = await inference.load(path, 'cpu', call);
  const scope = new CallScope(arena);
  const tensor = scope.tensor('float32', shape);
  const inputs = new Map([['tensor', tensor]]);
  return {
    tensor,
    async roundTrip() {
      const answer = new CallScope(arena);
      const outputs = await inference.run(model, inputs, {
        ...call,
        allocate: (dtype, dims) => answer.tensor(dtype, dims),
      });
      const last = Number(outputs.get('last')?.data[0]);
      answer.close();
      return last;
    },
    async stop() {
      scope.close();
      await inference.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** `last` float32[1] is the last element of `tensor`: next to no work for ONNX Runtime. */
function lastElementModel(shape: readonly number[]): Uint8Array {
  const axes = shape.map((_, axis) => axis);
  return buildModel({
    inputs: [{ name: 'tensor', dtype: 'float32', shape }],
    outputs: [{ name: 'last', dtype: 'float32', shape: [1] }],
    nodes: [
      { op: 'Slice', inputs: ['tensor', 'starts', 'ends', 'axes'], outputs: ['slice'] },
      { op: 'Reshape', inputs: ['slice', 'flat'], outputs: ['last'] },
    ],
    initializers: [
      integers(
        'starts',
        shape.map((size) => size - 1),
      ),
      integers('ends', shape),
      integers('axes', axes),
      integers('flat', [1]),
    ],
  });
}

function integers(name: string, values: readonly number[]) {
  return { name, tensor: new Tensor('int64', [values.length], BigInt64Array.from(values, BigInt)) };
}
