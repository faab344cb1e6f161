import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// `node tools/train-shapes/check-export.ts`, after train.py: compares the ONNX file with the network it was made of, and
// says how long a run takes.

const ROOT = join(import.meta.dirname, '..', '..');
const SIDE = 320;
const PIXELS = 3 * SIDE * SIDE;
const FEATURES = 10;
const CANDIDATES = 2100;
const RUNS = 200;

const session = await InferenceSession.create(join(ROOT, 'resources', 'models', 'shapes.onnx'), {
  intraOpNumThreads: 2,
  // As Weft runs models: threads that wait give their core to others.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const inputs = floats('reference-input.f32');
const expected = floats('reference-output.f32');

let boxes = 0;
let scores = 0;
const pictures = inputs.length / PIXELS;
for (let i = 0; i < pictures; i++) {
  const output = await run(i);
  const from = i * FEATURES * CANDIDATES;
  output.forEach((value, at) => {
    const difference = Math.abs(value - expected[from + at]);
    if (at < 4 * CANDIDATES) boxes = Math.max(boxes, difference);
    else scores = Math.max(scores, difference);
  });
}
console.log(
  `${pictures} pictures: boxes differ by ${boxes.toExponential(1)} px, scores by ${scores.toExponential(1)} at most`,
);
if (!(boxes < 0.01 && scores < 1e-4)) {
  console.error('The ONNX file is not the network it was made of.');
  process.exitCode = 1;
}

const times: number[] = [];
for (let i = 0; i < RUNS; i++) {
  const started = performance.now();
  await run(i % pictures);
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
console.log(
  `a run on two threads: median ${times[RUNS / 2].toFixed(1)} ms, fastest ${times[0].toFixed(1)} ms (${RUNS} runs)`,
);

async function run(picture: number): Promise<Float32Array> {
  const images = new Tensor('float32', inputs.subarray(picture * PIXELS, (picture + 1) * PIXELS), [1, 3, SIDE, SIDE]);
  const { output0 } = await session.run({ images });
  if (output0?.type !== 'float32') throw new Error('The model has no float32 output `output0`.');
  return output0.data as Float32Array;
}

function floats(name: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(join(ROOT, 'out', 'train-shapes', name))).buffer);
}
