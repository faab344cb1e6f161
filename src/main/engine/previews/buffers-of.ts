import type { PinView } from '../../../shared/protocol/preview.ts';

/** The memory that a view brings along; all of it is the view's own. */
export function buffersOf(view: PinView): ArrayBuffer[] {
  if (view.state !== 'value') return [];
  const { content } = view.preview;
  if (content.kind === 'bytes') return [content.samples.buffer];
  const picture = 'picture' in content ? content.picture : null;
  if (picture === null) return [];
  return picture.samples === null ? [picture.rgba.buffer] : [picture.rgba.buffer, picture.samples.buffer];
}
