import { defineNode, type Image, type NodeContext, pin, WeftError } from 'weft';
import { TILE_PLACE, type TilePlace, tileSpans } from './shared/tile-grid.ts';

export default defineNode({
  type: 'image/tile',
  version: 1,
  title: 'Tile',
  summary: 'Cuts a picture into overlapping tiles of one size, one item each, for a model that takes small pictures.',
  keywords: ['split', 'patch', 'grid', 'crop', 'super-resolution', 'large', 'slice', 'stream'],
  inputs: {
    image: pin.image({ channels: 'c' }),
    width: pin.integer({ default: 256, min: 1, max: 16384, unit: 'px' }),
    height: pin.integer({ default: 256, min: 1, max: 16384, unit: 'px' }),
    overlap: pin.integer({
      default: 32,
      min: 0,
      unit: 'px',
      description:
        'The least that neighbours share; at most half a tile. A quarter of it on each side is only context, so give four times as far as the model looks.',
    }),
  },
  outputs: {
    tile: pin.image({
      width: 'width',
      height: 'height',
      channels: 'c',
      description: 'A smaller picture is continued with its outermost pixels.',
    }),
    place: pin.rule<TilePlace>(TILE_PLACE, { description: 'Where the tile lies; wire it to Untile.' }),
    index: pin.integer({ description: '0 for the first; row by row.' }),
  },
  count: (inputs) => placesOf(inputs).length,
  *source(inputs, ctx) {
    const { width, height, overlap } = inputs;
    if (overlap * 2 > Math.min(width, height)) {
      throw new WeftError(
        'E_VALUE',
        `Tiles of ${width}×${height} cannot overlap by ${overlap} pixels: choose half a tile at most.`,
        { pin: 'overlap' },
      );
    }
    for (const [index, place] of placesOf(inputs).entries())
      yield { tile: cut(inputs.image, place, ctx), place, index };
  },
});

interface Tiling {
  readonly image: Image;
  readonly width: number;
  readonly height: number;
  readonly overlap: number;
}

function placesOf({ image, width, height, overlap }: Tiling): TilePlace[] {
  const columns = tileSpans(image.width, width, overlap);
  const rows = tileSpans(image.height, height, overlap);
  const whole = { width: image.width, height: image.height, count: columns.length * rows.length };
  return rows.flatMap((y) => columns.map((x) => ({ x, y, ...whole })));
}

function cut(image: Image, { x, y }: TilePlace, ctx: NodeContext): Image {
  const { channels, width, height, data } = image;
  const tile = ctx.image(image.depth, x.size, y.size, channels);
  const inside = Math.min(x.size, width - x.start);
  for (let row = 0; row < y.size; row++) {
    const from = (Math.min(y.start + row, height - 1) * width + x.start) * channels;
    const to = row * x.size * channels;
    tile.data.set(data.subarray(from, from + inside * channels), to);
    continueRow(tile, to + inside * channels, x.size - inside);
  }
  return tile;
}

/** Repeats the pixel before `at`. */
function continueRow({ data, channels }: Image, at: number, pixels: number): void {
  for (let i = 0; i < pixels * channels; i++) data[at + i] = data[at + i - channels];
}
