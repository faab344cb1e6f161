import type { ModelPurpose } from '../../shared/protocol/model-inspection.ts';
import type { ModelState } from '../../shared/protocol/window-calls.ts';
import type { TensorPort } from '../../shared/types/pin-type.ts';
import { formatBytes } from '../previews/format-value.ts';

/** What a model does, in a few words. */
export function purposeText({ task, family }: ModelPurpose): string {
  if (task === null) return 'Not recognised';
  return family === null ? TASKS[task] : `${TASKS[task]}, family ${family}`;
}

const TASKS = {
  detect: 'Finds objects',
  segment: 'Finds objects and their outlines',
  keypoints: 'Finds faces and their features',
  classify: 'Names what a picture shows',
  upscale: 'Enlarges pictures',
};

/** `[1, 3, height, 640]`; a dimension that the file leaves open is its symbol, or `?`. */
export function shapeText({ shape }: TensorPort): string {
  return shape === null ? 'any shape' : `[${shape.map((dim) => dim ?? '?').join(', ')}]`;
}

/** `3.2 million`, `60,000`. */
export function countText(count: number): string {
  if (count < 1e6) return count.toLocaleString('en');
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} million` : `${(count / 1e9).toFixed(1)} billion`;
}

/** A download that is under way. */
export type Pulling = Extract<ModelState, { kind: 'pulling' }>;

/** `43 %, 5.2 MB of 12.1 MB, 1.3 MB/s, 5 s left`, as far as it is known. */
export function progressText({ bytes, total, bytesPerSecond }: Pulling): string {
  const rate = bytesPerSecond === null ? [] : [`${formatBytes(bytesPerSecond)}/s`];
  if (total === null) return [formatBytes(bytes), ...rate].join(', ');
  const amount = [`${Math.floor((bytes / total) * 100)} %`, `${formatBytes(bytes)} of ${formatBytes(total)}`];
  const left = bytesPerSecond === null || bytesPerSecond === 0 ? [] : [timeLeftText((total - bytes) / bytesPerSecond)];
  return [...amount, ...rate, ...left].join(', ');
}

function timeLeftText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s left`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`;
}
