/** What `import … from 'weft'` gives a node author. */
export type { Models, NodeContext } from './context.ts';
export { defineNode, SKIP } from './define-node.ts';
export { Detections, ownSpace, type Space } from './detections.ts';
export type { ErrorCode } from './error-codes.ts';
export { Image, type ImageChannels, type ImageDepth } from './image.ts';
export { Mask } from './mask.ts';
export { Model } from './model.ts';
export { type JsonValue, pin } from './pins.ts';
export { byteLength, type DType, elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from './tensor.ts';
export { WeftError } from './weft-error.ts';
