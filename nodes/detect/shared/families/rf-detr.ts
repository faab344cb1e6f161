import { COCO_CATEGORY_NAMES } from '../coco-labels.ts';
import type { Family } from '../family.ts';
import { decodeQueries, queryOutputs } from './detr.ts';

/**
 * RF-DETR: outputs as of D-FINE (transformers' names, or `dets` and `labels` as rfdetr's own export has them), with the
 * 91 ids of COCO's categories as classes, of which 80 are in use. Pictures are stretched and normalised as ImageNet's.
 * Source: rfdetr/deploy/export.py and rfdetr/models/lwdetr.py, `PostProcess`, of roboflow/rf-detr.
 */
export const rfDetr: Family = {
  title: 'RF-DETR',
  form: 'labels of 91 classes and boxes for each query',
  preparation: {
    fit: 'stretch',
    padding: 0,
    channels: 'rgb',
    scale: 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  oneEach: true,
  labels: COCO_CATEGORY_NAMES,
  recognises({ outputs }) {
    const found = queryOutputs(outputs);
    return found !== undefined && (found.logits.name === 'labels' || found.logits.shape?.[2] === 91);
  },
  decode: (outputs, input, classes, ctx) => decodeQueries(outputs, input, classes, ctx, 'RF-DETR'),
};
