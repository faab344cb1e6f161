import type {
  DetectionsPreview,
  FramePicture,
  InterpretedPicture,
  KeypointsPreview,
  MaskPreview,
  Picture,
  PictureSize,
  PinView,
  PreviewSpace,
} from '../../shared/protocol/preview.ts';

export type Overlay = DetectionsPreview | KeypointsPreview | MaskPreview;
export type OverlayKind = Overlay['kind'];

/** A picture, a frame, or a tensor that is seen as a picture. */
export type ShownPicture = Picture | FramePicture | InterpretedPicture;

/** What a viewer draws. */
export interface ViewerContent {
  readonly picture: ShownPicture;
  /** Place in the viewer's list of pictures. */
  readonly source: number;
  readonly item: number | null;
  readonly overlays: readonly Overlay[];
}

/**
 * The picture and what belongs onto it: overlays whose space is as large as the picture, and of the same item of a
 * stream. Null while there is no picture to see.
 */
export function viewerContent(
  pictures: readonly (PinView | null | undefined)[],
  overlays: readonly (PinView | null | undefined)[],
): ViewerContent | null {
  const found = pictures.flatMap((view, source) => {
    const picture = pictureOf(view);
    return picture === null ? [] : [{ picture, source, item: itemOf(view) }];
  });
  const wanted = overlays.flatMap((view) => {
    const overlay = overlayOf(view);
    return overlay === null ? [] : [{ overlay, item: itemOf(view) }];
  });
  const fits = (picture: PictureSize) => wanted.some(({ overlay }) => isSpaceOf(overlay.space, picture));
  const chosen = found.find(({ picture }) => fits(picture)) ?? found.at(0);
  if (chosen === undefined) return null;
  const own = wanted.filter(({ overlay, item }) => isSpaceOf(overlay.space, chosen.picture) && item === chosen.item);
  return { ...chosen, overlays: own.map(({ overlay }) => overlay) };
}

/** The picture in what is seen at a pin; masks and tensors that look like pictures have one too. */
export function pictureOf(view: PinView | null | undefined): ShownPicture | null {
  if (view?.state !== 'value') return null;
  const { content } = view.preview;
  return content.kind === 'picture' || content.kind === 'tensor' || content.kind === 'mask' ? content.picture : null;
}

function overlayOf(view: PinView | null | undefined): Overlay | null {
  if (view?.state !== 'value') return null;
  const { content } = view.preview;
  return content.kind === 'detections' || content.kind === 'keypoints' || content.kind === 'mask' ? content : null;
}

function itemOf(view: PinView | null | undefined): number | null {
  return view?.state === 'value' ? view.preview.item : null;
}

function isSpaceOf({ width, height }: PreviewSpace, picture: PictureSize): boolean {
  return width === picture.sourceWidth && height === picture.sourceHeight;
}
