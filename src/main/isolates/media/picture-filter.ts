import {
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_FCC,
  AVCOL_SPC_SMPTE170M,
  type AVColorSpace,
  type AVPixelFormat,
} from 'node-av/constants';
import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import type { FrameColour } from '../../../shared/node-api/yuv.ts';
import { checked, FfmpegFailure } from './ffmpeg-failure.ts';

/** What comes out of a filter: planar YUV 4:2:0 in one size. */
export interface FilterTarget {
  /** Of the picture after scaling, before `turns`. */
  readonly scaledWidth: number;
  readonly scaledHeight: number;
  /** Filters that turn or mirror. */
  readonly turns: readonly string[];
  /** What the samples shall mean; null: as they come, but never the full range where anything is converted. */
  readonly colour: FrameColour | null;
}

/** Brings pictures of any form and size to one; passes on those that have it. */
export class PictureFilter {
  readonly #target: FilterTarget;
  readonly #result = new Frame();
  #graph: Graph | null = null;

  constructor(target: FilterTarget) {
    this.#target = target;
    this.#result.alloc();
  }

  /** The picture, or the filter's own frame, which is good until the next call. @throws FfmpegFailure */
  apply(picture: Frame): Frame {
    if (this.#fits(picture)) return picture;
    const form = describeForm(picture);
    if (this.#graph?.form !== form) {
      this.#graph?.close();
      this.#graph = new Graph(form, picture, this.#target);
    }
    this.#graph.run(picture, this.#result);
    return this.#result;
  }

  close(): void {
    this.#graph?.close();
    this.#result.free();
  }

  #fits(picture: Frame): boolean {
    const { width, height, format } = picture;
    const { scaledWidth, scaledHeight, turns, colour } = this.#target;
    if (format !== AV_PIX_FMT_YUV420P && format !== AV_PIX_FMT_YUVJ420P) return false;
    if (turns.length > 0 || width !== scaledWidth || height !== scaledHeight) return false;
    const { matrix, full } = colourOf(picture);
    return colour === null || (colour.matrix === matrix && colour.full === full);
  }
}

/** What the samples of a picture mean. Where it does not say, standard definition is BT.601 and high is BT.709. */
export function colourOf({ colorSpace, colorRange, format, height }: Frame): FrameColour {
  return {
    matrix: MATRICES.get(colorSpace) ?? matrixFor(height),
    full: format === AV_PIX_FMT_YUVJ420P || colorRange === AVCOL_RANGE_JPEG,
  };
}

/** Says of a picture what its samples mean. */
export function setColour(picture: Frame, { matrix, full }: FrameColour): void {
  picture.colorSpace = SPACES[matrix];
  picture.colorRange = full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
}

export function matrixFor(height: number): FrameColour['matrix'] {
  return height >= 720 ? 'bt709' : 'bt601';
}

const MATRICES: ReadonlyMap<AVColorSpace, FrameColour['matrix']> = new Map([
  [AVCOL_SPC_BT709, 'bt709'],
  [AVCOL_SPC_FCC, 'bt601'],
  [AVCOL_SPC_BT470BG, 'bt601'],
  [AVCOL_SPC_SMPTE170M, 'bt601'],
  [AVCOL_SPC_BT2020_NCL, 'bt2020'],
  [AVCOL_SPC_BT2020_CL, 'bt2020'],
]);

export const SPACES: Readonly<Record<FrameColour['matrix'], AVColorSpace>> = {
  bt601: AVCOL_SPC_SMPTE170M,
  bt709: AVCOL_SPC_BT709,
  bt2020: AVCOL_SPC_BT2020_NCL,
};

function describeForm(picture: Frame): string {
  const { width, height, format } = picture;
  const { matrix, full } = colourOf(picture);
  return `${width}×${height} ${format} ${matrix} ${full}`;
}

/** FFmpeg's filters for pictures of one form. */
class Graph {
  readonly form: string;
  readonly #graph = new FilterGraph();
  /** All of them are held: a filter whose wrapper is collected would be freed under its graph. */
  readonly #filters: readonly FilterContext[];

  constructor(form: string, picture: Frame, target: FilterTarget) {
    this.form = form;
    this.#graph.alloc();
    const { width, height } = picture;
    const format = picture.format as AVPixelFormat;
    const { matrix } = colourOf(picture);
    const to = target.colour ?? { matrix, full: false };
    // Bilinear: the default, bicubic, takes four times as long (evidence.md 8).
    const scale = `${target.scaledWidth}:${target.scaledHeight}:flags=bilinear:in_color_matrix=${matrix}:out_color_matrix=${to.matrix}:out_range=${to.full ? 'pc' : 'tv'}`;
    this.#filters = [
      this.#add('buffer', `video_size=${width}x${height}:pix_fmt=${format}:time_base=1/1:pixel_aspect=1/1`),
      this.#add('scale', scale),
      this.#add('format', 'pix_fmts=yuv420p'),
      ...target.turns.map((turn) => this.#add(...splitFilter(turn))),
      this.#add('buffersink', null),
    ];
    for (let k = 1; k < this.#filters.length; k++) {
      checked(this.#filters[k - 1].link(0, this.#filters[k], 0), 'link filters');
    }
    checked(this.#graph.configSync(), 'set up filters');
  }

  run(picture: Frame, result: Frame): void {
    result.unref();
    checked(this.#filters[0].buffersrcAddFrameSync(picture), 'convert a picture');
    checked(this.#filters[this.#filters.length - 1].buffersinkGetFrameSync(result), 'convert a picture');
  }

  close(): void {
    this.#graph.free();
  }

  #add(name: string, options: string | null): FilterContext {
    const filter = Filter.getByName(name);
    const added = filter && this.#graph.createFilter(filter, `${name}${this.#graph.nbFilters}`, options);
    if (!added) throw new FfmpegFailure('other', `FFmpeg has no filter ${name} with ${options}`);
    return added;
  }
}

function splitFilter(filter: string): [name: string, options: string | null] {
  const [name, options = null] = filter.split('=');
  return [name, options];
}
