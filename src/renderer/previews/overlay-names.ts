import type { OverlayKind } from './viewer-content.ts';

/** What is drawn onto a picture, in the words of people. */
export const OVERLAY_NAMES: Readonly<Record<OverlayKind, string>> = {
  detections: 'boxes',
  keypoints: 'key points',
  mask: 'mask',
};
