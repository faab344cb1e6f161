import { caseOf, type SuiteResult } from '../case.ts';
import { interleave, median, type Side } from '../interleave.ts';
import { startCloneChild } from '../peers/clone.ts';
import { startWeftHandoff, type WeftHandoff } from '../weft-handoff.ts';

/** What a YOLO model of 640 × 640 takes: 4.9 MB. */
const SHAPE = [1, 3, 640, 640];

/**
 * A tensor to another process and an answer back: in the arena, to an isolate that runs nothing and to one that runs a
 * model of next to no work; by structured clone, there and back; beside one copy of it.
 */
export async function handoffSuite(): Promise<SuiteResult> {
  const echo = await startWeftHandoff(SHAPE, 'echo');
  const onnx = await startWeftHandoff(SHAPE, 'onnxruntime');
  const child = startCloneChild();
  const source = new Float32Array(echo.tensor.data.length).fill(1);
  const target = new Float32Array(source.length);
  try {
    const measured = await interleave(
      {
        arena: burst(300, handOver(echo)),
        clone: burst(3, async () => {
          const answer = await child.roundTrip(source);
          if (answer.length !== source.length) throw new Error('The tensor did not come back.');
        }),
        memcpy: burst(300, () => target.set(source)),
        onnx: burst(300, handOver(onnx)),
      },
      { warmUps: 10, maxRounds: 100, maxSeconds: 30 },
    );
    return { suite: 'handoff', cases: { tensor4_9MB: caseOf(measured, 'us') } };
  } finally {
    await child.stop();
    await onnx.stop();
    await echo.stop();
  }
}

function handOver({ tensor: { data }, roundTrip }: WeftHandoff): () => Promise<void> {
  let count = 0;
  return async () => {
    data[data.length - 1] = ++count;
    if ((await roundTrip()) !== count) throw new Error('The isolate did not see the tensor.');
  };
}

/**
 * Median time (µs) of `count` calls, one after the other: as in a stream, where one frame follows another. The first, for
 * which processes must wake up, is not counted.
 */
function burst(count: number, work: () => void | Promise<void>): Side {
  return {
    async measure() {
      await work();
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        await work();
        times.push((performance.now() - start) * 1000);
      }
      return median(times);
    },
  };
}
