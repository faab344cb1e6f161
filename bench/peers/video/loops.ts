import { availableParallelism } from 'node:os';
import { AV_LOG_FATAL } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { HandDecoder } from './decode.ts';
import { HandEncoder } from './encode.ts';
import { detect, type HandModel, prepare } from './hand-model.ts';
import { drawBox } from './planes.ts';

/** One comparison: this model over the first `frames` frames of this video. */
export interface Job {
  readonly model: HandModel;
  readonly modelPath: string;
  readonly video: string;
  readonly fps: number;
  readonly frames: number;
  /** Where the annotated video goes. */
  readonly out: string;
}

// x264 prints what it did.
Log.setLevel(AV_LOG_FATAL);

const CORES = availableParallelism();

/** Stages of the work on a frame, CPU ms of one thread each, means. */
export interface StageTimes {
  readonly decode: number;
  readonly prepare: number;
  readonly infer: number;
  readonly detect: number;
  readonly encode: number;
}

/**
 * The loop without overlap: one frame after the other, inference with all cores. FFmpeg works on the thread of the loop,
 * since its own threads would go on with one frame while the loop does another. @returns frames a second.
 */
export async function sequentialFps(job: Job): Promise<number> {
  const { seconds, frames } = await loop(job, CORES, () => {});
  return frames / seconds;
}

/** A bare loop of `session.run` with all cores. @returns runs a second. */
export async function rawFps({ model, modelPath }: Job, runs: number): Promise<number> {
  const session = await open(modelPath, CORES);
  const feeds = { [session.inputNames[0]]: inputOf(model, new Float32Array(3 * model.width * model.height)) };
  await session.run(feeds);
  const start = performance.now();
  for (let i = 0; i < runs; i++) await session.run(feeds);
  const seconds = (performance.now() - start) / 1000;
  await session.release();
  return runs / seconds;
}

/** What each stage takes of one core: the CPU time of the process, which other work on the machine does not lengthen. */
export async function stageTimes(job: Job): Promise<StageTimes> {
  const sums = { decode: 0, prepare: 0, infer: 0, detect: 0, encode: 0 };
  const { frames } = await loop(job, 1, (stage, ms) => {
    sums[stage] += ms;
  });
  const mean = (sum: number) => sum / frames;
  const { decode, prepare, infer, detect, encode } = sums;
  return {
    decode: mean(decode),
    prepare: mean(prepare),
    infer: mean(infer),
    detect: mean(detect),
    encode: mean(encode),
  };
}

/**
 * The most frames a second that these stages allow: all cores busy with nothing else, or the slowest of the stages that
 * must see frames in order, where that is lower.
 */
export function limitOf(stages: StageTimes): number {
  const sum = Object.values(stages).reduce((total, ms) => total + ms, 0);
  return Math.min((CORES * 1000) / sum, 1000 / Math.max(stages.decode, stages.encode));
}

async function loop(
  { model, modelPath, video, fps, frames: most, out }: Job,
  inferenceThreads: number,
  tell: (stage: keyof StageTimes, ms: number) => void,
): Promise<{ seconds: number; frames: number }> {
  const session = await open(modelPath, inferenceThreads);
  const input = new Float32Array(3 * model.width * model.height);
  const feeds = { [session.inputNames[0]]: inputOf(model, input) };
  await session.run(feeds);
  const decoder = await HandDecoder.open(video);
  let encoder: HandEncoder | null = null;
  let frames = 0;
  const start = performance.now();
  let last = process.cpuUsage();
  const lap = (stage: keyof StageTimes) => {
    const used = process.cpuUsage(last);
    tell(stage, (used.user + used.system) / 1000);
    last = process.cpuUsage();
  };
  while (frames < most) {
    const frame = decoder.next();
    if (frame === null) break;
    lap('decode');
    prepare(model, frame, input);
    lap('prepare');
    const outputs = await session.run(feeds);
    lap('infer');
    const boxes = detect(model, frame, outputs);
    for (let at = 0; at < boxes.length; at += 4) drawBox(frame, boxes, at);
    lap('detect');
    encoder ??= new HandEncoder(out, frame.width, frame.height, fps);
    encoder.write(frame);
    lap('encode');
    frames++;
  }
  encoder?.finish();
  lap('encode');
  const seconds = (performance.now() - start) / 1000;
  decoder.close();
  await session.release();
  return { seconds, frames };
}

function open(path: string, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(path, { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 });
}

function inputOf({ width, height }: HandModel, data: Float32Array): Tensor {
  return new Tensor('float32', data, [1, 3, height, width]);
}
