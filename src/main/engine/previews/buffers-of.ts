import type { PinView } from '../../../shared/protocol/preview.ts';

/** The memory that views bring along, each piece once; all of it is their own. */
export function buffersOf(views: readonly PinView[]): ArrayBuffer[] {
  return [...new Set(views.flatMap(memoryOf))];
}

function memoryOf(view: PinView): ArrayBuffer[] {
  if (view.state !== 'value') return [];
  const { series, content } = view.preview;
  const numbers = series === null ? [] : [series.items.buffer, series.values.buffer];
  if (content.kind === 'bytes') return [...numbers, content.samples.buffer];
  const picture = 'picture' in content ? content.picture : null;
  if (picture === null) return numbers;
  if ('yuv' in picture) return [...numbers, picture.yuv.buffer];
  const pixels = [...numbers, picture.rgba.buffer];
  return picture.samples === null ? pixels : [...pixels, picture.samples.buffer];
}
