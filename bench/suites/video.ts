import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineHost } from '../../src/main/engine/host.ts';
import { type Case, rounded, type SuiteResult } from '../case.ts';
import { median } from '../interleave.ts';
import { HAND_MODELS } from '../peers/video/hand-model.ts';
import { type Job, limitOf, rawFps, sequentialFps, stageTimes } from '../peers/video/loops.ts';

const ROOT = join(import.meta.dirname, '../..');
const DATA = join(ROOT, '../shared/data');
const GRAPH = join(ROOT, 'resources/graphs/detect-video.weft.json');
const VIDEO = join(DATA, 'videos/derived-768x432-24fps-357f.mp4');
const FPS = 24;

interface VideoCase {
  readonly modelPath: string;
  /** Of a run of the graph, which opens and completes files besides. */
  readonly frames: number;
  /** Of the loops by hand, whose time begins with the first frame. */
  readonly framesByHand: number;
  readonly rawRuns: number;
}

const ROUNDS = 3;

/** As many frames as fit into the time that a suite has. */
const CASES: Readonly<Record<keyof typeof HAND_MODELS, VideoCase>> = {
  yolox_nano: { modelPath: join(DATA, 'models/yolox_nano.onnx'), frames: 180, framesByHand: 50, rawRuns: 40 },
  rfb320: { modelPath: join(DATA, 'models/version-RFB-320.onnx'), frames: 240, framesByHand: 80, rawRuns: 80 },
  shapes: { modelPath: join(ROOT, 'resources/models/shapes.onnx'), frames: 240, framesByHand: 80, rawRuns: 80 },
  yolov8n: { modelPath: join(DATA, 'models/yolov8n-640-fp32-rebuilt.onnx'), frames: 60, framesByHand: 14, rawRuns: 14 },
};

/**
 * Detection over a video, from its file to an annotated file (engine.md 10): the sample graph, beside stages and loops
 * written by hand with the same libraries, codec, preset and rate factor. All by turns.
 */
export async function videoSuite(): Promise<SuiteResult> {
  if (!existsSync(VIDEO)) throw new Error('skipped: no test data');
  const out = await mkdtemp(join(tmpdir(), 'weft-bench-video-'));
  const host = new EngineHost();
  try {
    // The engine's code is compiled while it runs; after about 300 frames all of it is.
    await weftFps(host, CASES.shapes.modelPath, CASES.shapes.frames, out);
    const cases: Record<string, Case> = {};
    for (const name of Object.keys(CASES) as (keyof typeof CASES)[]) cases[name] = await measure(name, host, out);
    return { suite: 'video', cases };
  } finally {
    await host.close();
    await rm(out, { recursive: true, force: true });
  }
}

async function measure(name: keyof typeof CASES, host: EngineHost, out: string): Promise<Case> {
  const { modelPath, frames, framesByHand, rawRuns } = CASES[name];
  const model = HAND_MODELS[name];
  const job: Job = { model, modelPath, video: VIDEO, fps: FPS, frames: framesByHand, out: join(out, 'by-hand.mp4') };
  // Processes start and models load before the time that counts, as they do for the loops.
  await weftFps(host, modelPath, 24, out);
  const sides = { weft: [] as number[], limit: [] as number[], raw: [] as number[], sequential: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    sides.weft.push(await weftFps(host, modelPath, frames, out));
    sides.sequential.push(await sequentialFps(job));
    // CPU times hardly differ from round to round, and this loop is the slowest: it comes once, in the middle.
    if (round === 1) sides.limit.push(limitOf(await stageTimes(job)));
    sides.raw.push(await rawFps(job, rawRuns));
  }
  const [weft, limit] = [sides.weft, sides.limit].map(median);
  // At times ONNX Runtime's two threads take half as long again, or twice as long, for seconds on end: the best counts.
  const [raw, sequential] = [sides.raw, sides.sequential].map((rates) => Math.max(...rates));
  return {
    weft_fps: rounded(weft),
    limit_fps: rounded(limit),
    raw_fps: rounded(raw),
    sequential_fps: rounded(sequential),
    of_limit: rounded(weft / limit),
    over_sequential: rounded(weft / sequential),
    of_raw: rounded(weft / raw),
    frames,
    rounds: ROUNDS,
  };
}

/** Frames a second over the whole run, from its start to the finished file. */
async function weftFps(host: EngineHost, modelPath: string, frames: number, out: string): Promise<number> {
  const start = performance.now();
  const summary = await host.run(
    {
      graph: { path: GRAPH },
      inputs: { video: VIDEO, model: modelPath },
      params: [{ node: 'read', pin: 'end', value: frames / FPS }],
      out,
      backend: 'cpu',
    },
    () => {},
  );
  const seconds = (performance.now() - start) / 1000;
  const items = Object.values(summary.streams)[0]?.items;
  if (summary.status !== 'done' || items !== frames) {
    throw new Error(`The run ended as ${summary.status} after ${items} of ${frames} frames: ${summary.error?.message}`);
  }
  return frames / seconds;
}
