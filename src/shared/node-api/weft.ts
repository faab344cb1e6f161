/** What `import … from 'weft'` gives a node author. */
export {
  type AbsentBackend,
  type AvailableBackend,
  BACKEND_CHOICES,
  BACKEND_NAMES,
  type BackendChoice,
  type BackendName,
  type BackendStatus,
} from './backend.ts';
export type { BenchmarkRequest, Measurement, Models, NodeContext } from './context.ts';
export { defineNode, SKIP } from './define-node.ts';
export { Detections, type Origin, ownSpace, type Space } from './detections.ts';
export type { ErrorCode } from './error-codes.ts';
export { Frame, type FrameParts, frameBytes } from './frame.ts';
export { Image, type ImageChannels, type ImageDepth } from './image.ts';
export { Keypoints } from './keypoints.ts';
export { Mask } from './mask.ts';
export type {
  Camera,
  Media,
  ReadRequest,
  ReadTally,
  VideoQuality,
  VideoReader,
  VideoSource,
  VideoWriter,
  WriteRequest,
} from './media.ts';
export { Model } from './model.ts';
export { decodeNpy, encodeNpy } from './npy.ts';
export { type JsonValue, pin } from './pins.ts';
export { byteLength, type DType, elementCount, NUMERIC_ARRAYS, type NumericDType, Tensor } from './tensor.ts';
export type { VideoDescription } from './video-description.ts';
export { WeftError } from './weft-error.ts';
export { type FrameColour, rgbToYuv, type YuvSteps, yuvSteps } from './yuv.ts';
