import {
  defineNode,
  type Image,
  type ImageChannels,
  type ImageDepth,
  type NodeContext,
  pin,
  type Tensor,
  WeftError,
} from 'weft';
import { TILE_PLACE, type TilePlace, type TileSpan, weightAt } from './shared/tile-grid.ts';
import { WHITE } from './shared/white.ts';

export default defineNode({
  type: 'image/untile',
  version: 1,
  title: 'Untile',
  summary: 'Puts tiles together again without seams, also when a model has enlarged them.',
  keywords: ['join', 'merge', 'stitch', 'patch', 'grid', 'super-resolution', 'collect'],
  inputs: {
    tile: pin.image({ description: 'The tiles, enlarged by any whole number.' }),
    place: pin.rule<TilePlace>(TILE_PLACE, { description: 'Where each lies, as Tile tells.' }),
  },
  outputs: { image: pin.image({ description: 'The whole picture, as many times larger as its tiles.' }) },
  collect() {
    let whole: Whole | undefined;
    let arrived = 0;
    let expected = 0;
    return {
      add({ tile, place }, ctx) {
        whole ??= emptyWhole(tile, place, ctx);
        addTile(whole, tile, place);
        arrived++;
        expected = place.count;
      },
      result(ctx) {
        if (whole === undefined || arrived < expected) {
          throw new WeftError(
            'E_VALUE',
            `Only ${arrived} of ${whole ? expected : 'the'} tiles arrived, so the picture has holes: let no tile be skipped on the way.`,
            { pin: 'tile' },
          );
        }
        return { image: imageOf(whole, ctx) };
      },
    };
  },
});

/** The picture while its tiles come in. */
interface Whole {
  /** Pixels of the result per pixel of the picture that was cut. */
  readonly scale: number;
  readonly depth: ImageDepth;
  /** float32[height, width, channels]: sums of samples, weighted. */
  readonly sums: Tensor<'float32'>;
}

function emptyWhole(tile: Image, place: TilePlace, ctx: NodeContext): Whole {
  const scale = scaleOf(tile, place);
  const sums = ctx.keep(ctx.tensor('float32', [place.height * scale, place.width * scale, tile.channels]));
  sums.data.fill(0);
  return { scale, depth: tile.depth, sums };
}

function scaleOf(tile: Image, { x, y }: TilePlace): number {
  const scale = tile.width / x.size;
  if (Number.isInteger(scale) && tile.height === y.size * scale) return scale;
  throw new WeftError(
    'E_VALUE',
    `A tile of ${x.size}×${y.size} came back as ${tile.width}×${tile.height}: enlarge tiles by a whole number, the same in both directions.`,
    { pin: 'tile' },
  );
}

function addTile({ scale, depth, sums }: Whole, tile: Image, place: TilePlace): void {
  const [height, width, channels] = sums.shape;
  if (scaleOf(tile, place) !== scale || tile.depth !== depth || tile.channels !== channels) {
    throw new WeftError(
      'E_VALUE',
      `A tile is ${tile} (${tile.depth}), unlike the first one: give every tile the same size, depth and channels.`,
      { pin: 'tile' },
    );
  }
  // One weight a sample instead of a pixel, so that the inner loop knows no channels.
  const across = weightsOf(place.x, scale, width, channels);
  const down = weightsOf(place.y, scale, height, 1);
  down.forEach((weightOfRow, row) => {
    if (weightOfRow === 0) return;
    const from = row * tile.width * channels;
    const to = ((place.y.start * scale + row) * width + place.x.start * scale) * channels;
    for (let i = 0; i < across.length; i++) sums.data[to + i] += tile.data[from + i] * weightOfRow * across[i];
  });
}

/** The weight of each pixel of the enlarged tile, `times` times over, as far as the picture goes. */
function weightsOf(span: TileSpan, scale: number, end: number, times: number): Float64Array {
  const pixels = Math.min(span.size * scale, end - span.start * scale);
  const weightOf = (pixel: number) => weightAt(span, span.start + (pixel + 0.5) / scale);
  return Float64Array.from({ length: pixels * times }, (_, i) => weightOf(Math.floor(i / times)));
}

function imageOf({ depth, sums }: Whole, ctx: NodeContext): Image {
  const [height, width, channels] = sums.shape;
  // The sums were made with the channels of a tile.
  const image: Image = ctx.image(depth, width, height, channels as ImageChannels);
  const rounding = depth === 'f32' ? 0 : 0.5;
  for (let i = 0; i < sums.data.length; i++) image.data[i] = Math.min(sums.data[i] + rounding, WHITE[depth]);
  return image;
}
