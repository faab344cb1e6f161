import type { NodeContext, Tensor } from 'weft';
import { bestClasses, sigmoid } from '../best-class.ts';
import { setCentred } from '../boxes.ts';
import {
  type Candidates,
  type ClassHints,
  canBe,
  checkClassCount,
  type Family,
  floatsOf,
  type OutputForm,
  type Outputs,
  type Size,
  wrongForm,
} from '../family.ts';

/**
 * D-FINE and RT-DETR: `logits` float [1, queries, classes], whose sigmoid is the score, and `pred_boxes` float
 * [1, queries, 4]: centre x, centre y, width and height as parts of the input's width and height. Each query is one
 * object at most; its best class is taken. Pictures are stretched to the input.
 * Source: Lv et al., DETRs Beat YOLOs on Real-time Object Detection (arXiv:2304.08069) and Peng et al., D-FINE
 * (arXiv:2410.13842), as transformers exports them (`RTDetrForObjectDetection`, `DFineForObjectDetection`).
 */
export const detr: Family = {
  title: 'D-FINE or RT-DETR',
  form: 'logits [1, queries, classes] and boxes [1, queries, 4]',
  preparation: { fit: 'stretch', padding: 0, channels: 'rgb', scale: 255, mean: [0], std: [1] },
  oneEach: true,
  recognises: ({ outputs }) => queryOutputs(outputs) !== undefined,
  decode: (outputs, input, classes, ctx) => decodeQueries(outputs, input, classes, ctx, 'D-FINE or RT-DETR'),
};

export interface QueryOutputs<T> {
  readonly logits: T;
  readonly boxes: T;
}

/** Names of logits and boxes: of transformers, and of rfdetr's own export. */
const NAMES = [
  ['logits', 'pred_boxes'],
  ['labels', 'dets'],
];

/** More candidates than models of this kind ask for: above, two outputs are those of a model with anchors. */
const MOST_QUERIES = 1000;

/** Logits and boxes of the queries: by name, or as the only two outputs, [1, queries, classes] and [1, queries, 4]. */
export function queryOutputs<T extends OutputForm>(outputs: readonly T[]): QueryOutputs<T> | undefined {
  const named = (name: string) => outputs.find((output) => output.name === name);
  for (const [logitsName, boxesName] of NAMES) {
    const logits = named(logitsName);
    const boxes = named(boxesName);
    if (logits && boxes && canBe(logits.shape, [1, null, null]) && canBe(boxes.shape, [1, null, 4]))
      return { logits, boxes };
  }
  if (outputs.length !== 2) return undefined;
  const boxes = outputs.find(({ shape }) => shape?.[2] === 4);
  const logits = outputs.find((output) => output !== boxes);
  const queries = boxes?.shape?.[1];
  if (!boxes || !logits || typeof queries !== 'number' || queries > MOST_QUERIES) return undefined;
  return canBe(logits.shape, [1, queries, null]) && canBe(boxes.shape, [1, queries, 4]) ? { logits, boxes } : undefined;
}

export function decodeQueries(
  outputs: Outputs,
  input: Size,
  classes: ClassHints,
  ctx: NodeContext,
  family: string,
): Candidates {
  const named = [...outputs].map(([name, tensor]) => ({ name, shape: tensor.shape, tensor }));
  const found: QueryOutputs<{ tensor: Tensor }> | undefined = queryOutputs(named);
  if (found === undefined) {
    return wrongForm(outputs, family, '`logits` [1, queries, classes] and `pred_boxes` [1, queries, 4]');
  }
  const { logits, boxes } = found;
  const [, candidates, classCount] = logits.tensor.shape;
  checkClassCount(logits.tensor, classCount, classes);

  const layout = { start: 0, candidates, classCount, stride: classCount, rows: 'candidates' } as const;
  const { scores, classIds } = bestClasses(floatsOf(logits.tensor), layout, ctx);
  const parts = floatsOf(boxes.tensor);
  const pixels = new Float32Array(candidates * 4);
  for (let i = 0; i < candidates; i++) {
    const [x, y, width, height] = parts.subarray(i * 4, i * 4 + 4);
    setCentred(pixels, i, x * input.width, y * input.height, width * input.width, height * input.height);
  }
  // The sigmoid keeps the order, so only the best logit needs it.
  return { boxes: pixels, scores: scores.map(sigmoid), classIds, classCount };
}
