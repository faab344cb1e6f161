import type { JsonValue } from '../../../node-api/pins.ts';
import { becomesNode, from, leftOut, nothingFor, to } from './define-function.ts';
import type { WorkflowFunction } from './template.ts';

/** One number for a pin that takes one a channel, or the list. */
const perChannel = (value: JsonValue) => (typeof value === 'number' ? [value] : value);

/** Weft pads with grey: of a colour, the first channel. */
const grey = (value: JsonValue) => (Array.isArray(value) ? value[0] : value);

const normalizeImage = becomesNode('tensor/normalize@1', {
  params: { image: to('image'), scale: to('scale'), mean: to('mean', perChannel), std: to('std', perChannel) },
  results: {
    image: from('tensor'),
    normalization_scale: { param: 'scale' },
    mean: { param: 'mean' },
    std: { param: 'std' },
  },
  outputs: ['tensor'],
});

export const PICTURE_FUNCTIONS: Readonly<Record<string, WorkflowFunction>> = {
  read_image: becomesNode('image/read@1', {
    params: { image_path: to('path') },
    results: {
      image: from('image'),
      path: { param: 'image_path' },
      height: from('height'),
      width: from('width'),
      ...nothingFor('channels'),
    },
    outputs: ['image'],
  }),
  resize_image_letterbox: becomesNode('image/letterbox@1', {
    params: {
      image: to('image'),
      target_width: to('width'),
      target_height: to('height'),
      padding_color: to('padding', grey),
    },
    results: {
      image: from('image'),
      scale: from('scale'),
      pad_x: from('padX'),
      pad_y: from('padY'),
      ...nothingFor('original_width', 'original_height', 'resized_width', 'resized_height'),
    },
    outputs: ['image'],
  }),
  normalize: normalizeImage,
  normalize_image: normalizeImage,
  bgr_to_rgb: leftOut('pictures are RGB in Weft', {
    params: { image: [] },
    results: { image: { param: 'image' } },
    kinds: { frame: { param: 'image' } },
  }),
  hwc_to_chw: becomesNode(
    'tensor/transpose@1',
    {
      params: { image: to('tensor') },
      results: { image: from('tensor'), ...nothingFor('original_shape', 'new_shape') },
      outputs: ['tensor'],
    },
    { order: [2, 0, 1] },
  ),
  add_batch_dimension: becomesNode('tensor/add-batch@1', {
    params: { image: to('tensor') },
    results: { image: from('tensor'), ...nothingFor('original_shape', 'batch_shape') },
    outputs: ['tensor'],
  }),
  get_image_shape: becomesNode('image/size@1', {
    params: { image: to('image') },
    results: {
      height: from('height'),
      width: from('width'),
      channels: from('channels'),
      ...nothingFor('shape', 'ndim', 'batch'),
    },
    outputs: ['width', 'height', 'channels'],
  }),
  save_image: becomesNode('image/write@1', {
    params: { image: to('image'), output_path: to('path') },
    results: { path: from('path'), ...nothingFor('success') },
  }),
};
