import { MAX_MAPS, type MapsLook } from '../../shared/protocol/preview.ts';
import type { ShownPicture } from './viewer-content.ts';

/** The first page. */
export const ALL_MAPS: MapsLook = { batch: 0, first: 0, count: MAX_MAPS, range: 'common' };

/** A point of a picture in pixels: of the map that it is on, where there are several. */
export interface PlaceOnMap {
  /** Number of the map in its tensor; null for a picture that is no feature map. */
  readonly map: number | null;
  readonly x: number;
  readonly y: number;
}

/** Null where there is no map at a point of the sheet. */
export function placeAt(picture: ShownPicture, x: number, y: number): PlaceOnMap | null {
  const { sourceWidth, sourceHeight } = picture;
  if (x < 0 || y < 0 || x >= sourceWidth || y >= sourceHeight) return null;
  const grid = 'grid' in picture ? picture.grid : null;
  if (grid === null) return { map: null, x: Math.floor(x), y: Math.floor(y) };
  const width = sourceWidth / grid.columns;
  const height = sourceHeight / grid.rows;
  const [column, row] = [Math.floor(x / width), Math.floor(y / height)];
  const index = row * grid.columns + column;
  if (index >= grid.shown) return null;
  return { map: grid.first + index, x: Math.floor(x - column * width), y: Math.floor(y - row * height) };
}
