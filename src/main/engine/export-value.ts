import { join } from 'node:path';
import { Detections } from '../../shared/node-api/detections.ts';
import { Frame } from '../../shared/node-api/frame.ts';
import { Image } from '../../shared/node-api/image.ts';
import { Keypoints } from '../../shared/node-api/keypoints.ts';
import { Mask } from '../../shared/node-api/mask.ts';
import { Model } from '../../shared/node-api/model.ts';
import { encodeNpy } from '../../shared/node-api/npy.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import { type NumericDType, Tensor } from '../../shared/node-api/tensor.ts';
import { writeFile } from './write-file.ts';

/**
 * An output of a run as JSON (cli.md): a picture or mask is written to `folder` as PNG and told as {path, width, height},
 * a tensor as .npy and told as {path, dtype, shape}; detections become COCO-style boxes, keypoints a list of [x, y, score]
 * for each object. What JSON cannot say, a function or a class instance, is told as its kind.
 *
 * `name` is the file's, without its ending. Without a folder nothing is written, and no path is told.
 * @throws E_FILE_WRITE
 */
export function exportValue(value: unknown, name: string, folder: string | null): Promise<JsonValue> {
  return exportPart(value, name, folder, []);
}

/** `around`: the values that this one lies in. A value that contains itself ends there. */
async function exportPart(
  value: unknown,
  name: string,
  folder: string | null,
  around: readonly unknown[],
): Promise<JsonValue> {
  if (around.includes(value)) return { kind: 'circular' };
  if (value instanceof Image) return exportImage(value, name, folder);
  if (value instanceof Frame) return exportImage(value.image(), name, folder);
  if (value instanceof Mask) return exportImage(maskImage(value), name, folder);
  if (value instanceof Tensor) return exportTensor(value, name, folder);
  if (value instanceof Detections) return detectionsJson(value);
  if (value instanceof Keypoints) return keypointsJson(value);
  if (value instanceof Model) return { path: value.path, digest: value.digest, backend: value.backend };
  if (ArrayBuffer.isView(value)) return exportBytes(value, name, folder);
  const inside = [...around, value];
  if (Array.isArray(value)) {
    const items: JsonValue[] = [];
    for (const [k, item] of value.entries()) {
      items.push(isScalar(item) ? scalarJson(item) : await exportPart(item, `${name}-${k}`, folder, inside));
    }
    return items;
  }
  const entries = value instanceof Map ? value.entries() : isPlain(value) ? Object.entries(value) : null;
  if (entries === null) return scalarJson(value);
  const record: Record<string, JsonValue> = {};
  for (const [key, item] of entries) {
    record[String(key)] = await exportPart(item, `${name}-${fileName(String(key))}`, folder, inside);
  }
  return record;
}

/** Told without waiting: a list may have millions. */
function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

async function exportImage(image: Image, name: string, folder: string | null): Promise<JsonValue> {
  const { width, height, channels } = image;
  if (folder === null) return { width, height };
  // Loaded when a picture leaves the graph: most of the start-up time of a run that writes none would be this library's.
  const { default: sharp } = await import('sharp');
  const samples = image.is('f32')
    ? Uint8Array.from(image.data, (sample) => Math.round(clamp(sample) * 255))
    : image.data;
  let picture = sharp(samples as Uint8Array | Uint16Array, { raw: { width, height, channels } });
  if (image.is('u16')) picture = picture.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  else if (channels === 1) picture = picture.toColourspace('b-w');
  const path = await write(folder, `${name}.png`, await picture.png().toBuffer());
  return { path, width, height };
}

async function exportTensor(tensor: Tensor, name: string, folder: string | null): Promise<JsonValue> {
  const { dtype, shape } = tensor;
  if (tensor.is('string')) return { dtype, shape: [...shape], data: [...tensor.data] };
  if (folder === null) return { dtype, shape: [...shape] };
  // Sound: every type but string, which has been dealt with, is numeric.
  const path = await write(folder, `${name}.npy`, encodeNpy(tensor as Tensor<NumericDType>));
  return { path, dtype, shape: [...shape] };
}

async function exportBytes(bytes: ArrayBufferView, name: string, folder: string | null): Promise<JsonValue> {
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (folder === null) return { bytes: view.length };
  return { path: await write(folder, `${name}.bin`, view), bytes: view.length };
}

function detectionsJson(detections: Detections): JsonValue {
  return Array.from({ length: detections.count }, (_, k) => {
    const [left, top, right, bottom] = detections.boxes.subarray(k * 4, k * 4 + 4);
    return {
      label: detections.labelOf(k),
      classId: detections.classIds[k],
      score: detections.scores[k],
      ...(detections.tracks === null ? {} : { track: detections.tracks[k] }),
      box: [left, top, right - left, bottom - top],
    };
  });
}

function keypointsJson({ points, scores, perObject, count }: Keypoints): JsonValue {
  const point = (k: number) => [points[2 * k], points[2 * k + 1], scores[k]];
  return Array.from({ length: count }, (_, i) => Array.from({ length: perObject }, (_, k) => point(i * perObject + k)));
}

function maskImage(mask: Mask): Image {
  const { width, height } = mask.space;
  return mask.data instanceof Uint8Array
    ? new Image('u8', width, height, 1, mask.data)
    : new Image('f32', width, height, 1, mask.data);
}

async function write(folder: string, file: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, file);
  await writeFile(path, bytes);
  return path;
}

function scalarJson(value: unknown): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // JSON has no NaN and no infinities.
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return String(value);
    case 'function':
      return { kind: 'function', name: value.name };
    case 'object':
      return value === null ? null : { kind: value.constructor?.name ?? 'object' };
    default:
      return null;
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Only what every file system takes; two texts never have the same file, as other characters go by their numbers. */
export function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, (character) => `%${character.codePointAt(0)?.toString(16)}`);
}

function clamp(sample: number): number {
  return Math.min(1, Math.max(0, sample));
}
