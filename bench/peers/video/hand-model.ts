import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Planes } from './planes.ts';

/** How a model's input is made from a frame, and boxes from its outputs: what its authors' own scripts do. */
export interface HandModel {
  readonly width: number;
  readonly height: number;
  /** Where the picture lies in the input, and its scale. */
  readonly fit: 'centre' | 'corner' | 'stretch';
  readonly order: 'rgb' | 'bgr';
  readonly mean: number;
  readonly std: number;
  readonly padding: number;
  /** Boxes of the input's pixels (xyxy) with a score of at least `least`, with their scores. */
  boxes(outputs: InferenceSession.OnnxValueMapType, least: number): { boxes: number[]; scores: number[] };
}

const YOLOV8_LAYOUT = { fit: 'centre', order: 'rgb', mean: 0, std: 255, padding: 114, boxes: yolov8Boxes } as const;

export const HAND_MODELS = {
  yolox_nano: {
    width: 416,
    height: 416,
    fit: 'corner',
    order: 'bgr',
    mean: 0,
    std: 1,
    padding: 114,
    boxes: yoloxBoxes,
  },
  rfb320: {
    width: 320,
    height: 240,
    fit: 'stretch',
    order: 'rgb',
    mean: 127,
    std: 128,
    padding: 0,
    boxes: ultrafaceBoxes,
  },
  shapes: { width: 320, height: 320, ...YOLOV8_LAYOUT },
  yolov8n: { width: 640, height: 640, ...YOLOV8_LAYOUT },
} as const satisfies Readonly<Record<string, HandModel>>;

/** Where the content lies in the input. */
interface Fitted {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function fitted({ width, height, fit }: HandModel, frame: Planes): Fitted {
  if (fit === 'stretch') return { left: 0, top: 0, width, height };
  const scale = Math.min(width / frame.width, height / frame.height);
  const [inner, innerHeight] = [Math.floor(frame.width * scale), Math.floor(frame.height * scale)];
  if (fit === 'corner') return { left: 0, top: 0, width: inner, height: innerHeight };
  return {
    left: Math.floor((width - inner) / 2),
    top: Math.floor((height - innerHeight) / 2),
    width: inner,
    height: innerHeight,
  };
}

/**
 * Letterbox, colour and normalisation in one pass from the planes, nearest sample: the cheapest way there is, so that the
 * yardstick is a hard one. BT.601, limited range.
 */
export function prepare(model: HandModel, frame: Planes, input: Float32Array): void {
  const { width, height, mean, std, padding } = model;
  const area = width * height;
  const { left, top, width: inner, height: innerHeight } = fitted(model, frame);
  if (inner * innerHeight < area) input.fill((padding - mean) / std);
  const [first, third] = model.order === 'rgb' ? [0, 2 * area] : [2 * area, 0];
  const { data } = frame;
  const chromaWidth = Math.ceil(frame.width / 2);
  const u = frame.width * frame.height;
  const v = u + chromaWidth * Math.ceil(frame.height / 2);
  const columns = Int32Array.from({ length: inner }, (_, x) => Math.floor(((x + 0.5) * frame.width) / inner));
  for (let y = 0; y < innerHeight; y++) {
    const row = Math.floor(((y + 0.5) * frame.height) / innerHeight);
    const lumaRow = row * frame.width;
    const chromaRow = (row >> 1) * chromaWidth;
    let to = (top + y) * width + left;
    for (let x = 0; x < inner; x++, to++) {
      const column = columns[x];
      const luma = 1.164 * (data[lumaRow + column] - 16);
      const blue = data[u + chromaRow + (column >> 1)] - 128;
      const red = data[v + chromaRow + (column >> 1)] - 128;
      input[first + to] = (clamp(luma + 1.596 * red) - mean) / std;
      input[area + to] = (clamp(luma - 0.392 * blue - 0.813 * red) - mean) / std;
      input[third + to] = (clamp(luma + 2.017 * blue) - mean) / std;
    }
  }
}

/** Decodes, suppresses, and brings boxes (xyxy) to the pixels of the frame. */
export function detect(model: HandModel, frame: Planes, outputs: InferenceSession.OnnxValueMapType): Float32Array {
  const { boxes, scores } = model.boxes(outputs, 0.25);
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const kept: number[] = [];
  for (const i of order) if (!kept.some((j) => overlap(boxes, i * 4, j * 4) > 0.45)) kept.push(i);
  const { left, top, width, height } = fitted(model, frame);
  const [scaleX, scaleY] = [frame.width / width, frame.height / height];
  return Float32Array.from(
    kept.flatMap((i) => [
      (boxes[i * 4] - left) * scaleX,
      (boxes[i * 4 + 1] - top) * scaleY,
      (boxes[i * 4 + 2] - left) * scaleX,
      (boxes[i * 4 + 3] - top) * scaleY,
    ]),
  );
}

function yolov8Boxes(outputs: InferenceSession.OnnxValueMapType, least: number) {
  const { data, dims } = floats(Object.values(outputs)[0]);
  const [, features, candidates] = dims;
  const found: { boxes: number[]; scores: number[] } = { boxes: [], scores: [] };
  const best = data.slice(4 * candidates, 5 * candidates);
  for (let feature = 5; feature < features; feature++) {
    const row = feature * candidates;
    for (let i = 0; i < candidates; i++) if (data[row + i] > best[i]) best[i] = data[row + i];
  }
  for (let i = 0; i < candidates; i++) {
    if (best[i] < least) continue;
    push(found, data[i], data[candidates + i], data[2 * candidates + i], data[3 * candidates + i], best[i]);
  }
  return found;
}

function yoloxBoxes(outputs: InferenceSession.OnnxValueMapType, least: number) {
  const { data, dims } = floats(Object.values(outputs)[0]);
  const features = dims[2];
  const found: { boxes: number[]; scores: number[] } = { boxes: [], scores: [] };
  let at = 0;
  for (const stride of [8, 16, 32]) {
    const cells = 416 / stride;
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++, at += features) {
        if (data[at + 4] < least) continue;
        let best = 0;
        for (let k = 5; k < features; k++) best = Math.max(best, data[at + k]);
        const score = best * data[at + 4];
        if (score < least) continue;
        const [x, y] = [(data[at] + column) * stride, (data[at + 1] + row) * stride];
        push(found, x, y, Math.exp(data[at + 2]) * stride, Math.exp(data[at + 3]) * stride, score);
      }
    }
  }
  return found;
}

function ultrafaceBoxes({ scores, boxes }: InferenceSession.OnnxValueMapType, least: number) {
  const [{ data: pairs }, { data: parts }] = [floats(scores), floats(boxes)];
  const found: { boxes: number[]; scores: number[] } = { boxes: [], scores: [] };
  for (let i = 0; i * 2 < pairs.length; i++) {
    if (pairs[i * 2 + 1] < least) continue;
    found.boxes.push(parts[i * 4] * 320, parts[i * 4 + 1] * 240, parts[i * 4 + 2] * 320, parts[i * 4 + 3] * 240);
    found.scores.push(pairs[i * 2 + 1]);
  }
  return found;
}

function push(
  found: { boxes: number[]; scores: number[] },
  x: number,
  y: number,
  width: number,
  height: number,
  score: number,
): void {
  found.boxes.push(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  found.scores.push(score);
}

function floats(value: unknown): { data: Float32Array; dims: readonly number[] } {
  const { data, dims } = value as Tensor;
  return { data: data as Float32Array, dims };
}

function overlap(boxes: readonly number[], a: number, b: number): number {
  const width = Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]);
  const height = Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (at: number) => (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
  return (width * height) / (area(a) + area(b) - width * height);
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
