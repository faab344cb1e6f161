import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { panel } from './run-steps.ts';

/** The nodes of the first sample: where each goes, as it is named by its id, and in which order ids are given. */
export const NODES: readonly (readonly [title: string, id: string, column: number, y: number])[] = [
  ['Graph input', 'input', 0, -300],
  ['Graph input', 'input-2', 0, -160],
  ['Graph input', 'input-3', 0, -20],
  ['Graph input', 'input-4', 0, 120],
  ['Read image', 'read', 1, -300],
  ['Load model', 'load', 1, -120],
  ['Prepare for detection', 'prepare', 2, -300],
  ['Infer', 'infer', 2, -100],
  ['Decode detections', 'decode', 2, 60],
  ['Filter detections', 'filter', 3, -300],
  ['Non-maximum suppression', 'nms', 3, -130],
  ['To original picture', 'to-original', 3, 60],
  ['Format detections', 'format', 4, -300],
  ['Draw detections', 'draw-detections', 4, -180],
  ['Graph output', 'output', 5, -300],
  ['Graph output', 'output-2', 5, -170],
];

/** What is written in the nodes. */
export const PARAMS: readonly (readonly [id: string, pin: string, text: string])[] = [
  ['input', 'name', 'image'],
  ['input', 'type', 'path'],
  ['input', 'default', join(import.meta.dirname, '../../resources/media/shapes.jpg')],
  ['input-2', 'name', 'model'],
  ['input-2', 'type', 'path'],
  ['input-2', 'default', 'bundled:shapes'],
  ['input-3', 'name', 'conf'],
  ['input-3', 'type', 'number'],
  ['input-3', 'default', '0.25'],
  ['input-4', 'name', 'iou'],
  ['input-4', 'type', 'number'],
  ['input-4', 'default', '0.45'],
  ['output', 'name', 'detections'],
  ['output-2', 'name', 'annotated'],
];

export const WIRES: readonly (readonly [from: string, to: string])[] = [
  ['input.value', 'read.path'],
  ['input-2.value', 'load.path'],
  ['read.image', 'prepare.image'],
  ['load.model', 'prepare.model'],
  ['load.model', 'infer.model'],
  ['prepare.tensor', 'infer.input'],
  ['infer.outputs', 'decode.outputs'],
  ['prepare.space', 'decode.space'],
  ['prepare.family', 'decode.family'],
  ['load.model', 'decode.model'],
  ['decode.detections', 'filter.detections'],
  ['input-3.value', 'filter.confidence'],
  ['filter.detections', 'nms.detections'],
  ['input-4.value', 'nms.iou'],
  ['nms.detections', 'to-original.detections'],
  ['to-original.detections', 'format.detections'],
  ['read.image', 'draw-detections.image'],
  ['to-original.detections', 'draw-detections.detections'],
  ['format.list', 'output.value'],
  ['draw-detections.image', 'output-2.value'],
];

/** What a run gave, as the runs list it: one line for each thing that was found. */
export async function outputs(page: Page): Promise<string[]> {
  const rows = (await panel(page, 'Runs')).getByRole('table').getByRole('row');
  await rows.nth(1).waitFor();
  return rows.allInnerTexts();
}
