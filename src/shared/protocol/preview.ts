import type { FrameColour } from '../node-api/yuv.ts';
import type { ModelSignature } from '../types/pin-type.ts';

/** A pin of a node of the graph as the person sees it: bypassed nodes and graphs used as nodes have pins too. */
export interface PinRef {
  /** Path of the node: `outer/inner` inside graphs used as nodes. */
  readonly node: string;
  readonly side: 'input' | 'output';
  readonly pin: string;
}

/** How closely a value is looked at; a glance where all is left out. */
export interface PreviewDetail {
  /** Longest side of the picture, in pixels; 0 for none. */
  readonly maxSide: number;
  /** Rows, objects and text up to the limits of `WHOLE`, in place of those of `GLANCE`. */
  readonly whole?: boolean;
  /** The planes of a tensor side by side, also where they could be read as colours. Without effect on other values. */
  readonly maps?: MapsLook;
}

/** Which feature maps of a tensor are looked at. */
export interface MapsLook {
  /** Which of a batch, from 0; the last one where there are fewer. */
  readonly batch: number;
  /** The first map, from 0, and how many (1–`MAX_MAPS`); moved to where there are as many. */
  readonly first: number;
  readonly count: number;
  /** Black and white are the least and greatest value of each map, or of the whole tensor. */
  readonly range: 'own' | 'common';
}

/** A pin whose values a window shows. */
export interface PinWatch extends PreviewDetail {
  /** The window's own name for it; a message about the pin carries it back. */
  readonly id: string;
  /** The open graph that the pin is in, as `RunRequest.shownIn` names it; for windows with several. */
  readonly graph?: string;
  readonly ref: PinRef;
  /**
   * Watches with the same text here show the same item of their stream, each time: a picture and the boxes that belong to
   * it, though the picture is there before the boxes are.
   */
  readonly together?: string;
}

/** Asks for one look at a pin. */
export interface PreviewRequest extends PreviewDetail {
  /** As in `PinWatch`. */
  readonly graph?: string;
  readonly ref: PinRef;
  /** The part of the picture to show, in pixels of the whole; cut to its borders. All of it when left out. */
  readonly region?: Region;
}

/** What a watched pin shows now. The next one about the same watch comes when this one has been acknowledged. */
export interface PreviewMessage {
  /** `PinWatch.id` */
  readonly watch: string;
  readonly view: PinView;
}

/** What can be seen at a pin: a value, or why there is none. */
export type PinView =
  | { readonly state: 'value'; readonly ref: PinRef; readonly preview: Preview }
  | ({ readonly ref: PinRef } & PinWithoutValue);

/**
 * `empty`: nothing has arrived yet, or the pin is unset. `failed`: its node failed. `skipped`: its node did not run, or
 * gave nothing. `passed`: items went by, but memory was too short to hold the last one. `gone`: the value had to make
 * room for others. `reason` is one sentence for people.
 */
export type PinWithoutValue =
  | { readonly state: 'empty' | 'failed' | 'skipped'; readonly reason: string }
  | { readonly state: 'passed' | 'gone'; readonly reason: string; readonly last: SeenValue };

/** What is known of the last value at a pin without looking into it. */
export interface SeenValue {
  /** As people read it, with the shape: `image 640×480×3`. */
  readonly type: string;
  readonly bytes: number;
}

export interface Preview extends SeenValue {
  /** Id of the run that gave the value. */
  readonly run: string;
  /** Index of the item in its stream; null for a value that there is one of. */
  readonly item: number | null;
  /**
   * When the item was taken, ms since the epoch by the clock of whoever took it: the window for its own cameras, else the
   * engine. Left out where the source is not live.
   */
  readonly takenAt?: number;
  /** Of a number of a stream: the last ones, this one among them. */
  readonly series: NumberSeries | null;
  readonly content: PreviewContent;
}

/** Numbers that passed at a pin, in the order of their items; at most `MAX_SERIES`. */
export interface NumberSeries {
  /** Indices of the items: those that had no number here are left out. */
  readonly items: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

export type PreviewContent =
  | PicturePreview
  | TensorPreview
  | MaskPreview
  | DetectionsPreview
  | KeypointsPreview
  | TablePreview
  | ListPreview
  | ModelPreview
  | { readonly kind: 'scalar'; readonly value: number | string | boolean | null }
  /** The first of `length` characters. */
  | { readonly kind: 'text'; readonly text: string; readonly length: number }
  | { readonly kind: 'json'; readonly root: JsonTree }
  /** The first `MAX_BYTES`. */
  | { readonly kind: 'bytes'; readonly samples: Uint8Array<ArrayBuffer>; readonly length: number }
  /** A value of a class that Weft does not know. */
  | { readonly kind: 'opaque'; readonly className: string };

/** JSON as far as it is shown: of a list and of a record the first of `total`. */
export type JsonTree =
  /** What is no JSON is there by its type, `<float32[1,3]>`. */
  | { readonly kind: 'leaf'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly JsonTree[]; readonly total: number }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, JsonTree])[]; readonly total: number };

export interface PicturePreview {
  readonly kind: 'picture';
  readonly depth: 'u8' | 'u16' | 'f32';
  readonly channels: number;
  readonly statistics: Statistics;
  /** Null when none was asked for. */
  readonly picture: Picture | FramePicture | null;
}

export interface TensorPreview {
  readonly kind: 'tensor';
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Null for a tensor of strings, and for one without elements. */
  readonly statistics: Statistics | null;
  /** The first values, in row-major order; 64-bit integers, which a number may not hold, as text. */
  readonly samples: readonly (number | string)[];
  /** Null when none was asked for, or the shape is no picture's. */
  readonly picture: InterpretedPicture | null;
}

export interface MaskPreview {
  readonly kind: 'mask';
  readonly statistics: Statistics;
  /** Grey, 0 is outside. Null when none was asked for. */
  readonly picture: Picture | null;
  readonly space: PreviewSpace;
}

export interface DetectionsPreview {
  readonly kind: 'detections';
  readonly space: PreviewSpace;
  readonly total: number;
  /** The first, as many as `GLANCE` or `WHOLE` allows; so with rows, items and objects. */
  readonly detections: readonly {
    readonly label: string;
    readonly classId: number;
    /** 0–1. */
    readonly score: number;
    /** Left, top, right, bottom, in pixels of `space`. */
    readonly box: readonly [number, number, number, number];
  }[];
}

export interface KeypointsPreview {
  readonly kind: 'keypoints';
  readonly space: PreviewSpace;
  readonly total: number;
  /** The first; x and y in pixels of `space`, score 0–1. */
  readonly objects: readonly (readonly (readonly [x: number, y: number, score: number])[])[];
}

export interface TablePreview {
  readonly kind: 'table';
  readonly columns: readonly string[];
  /** The first. */
  readonly rows: readonly (readonly (number | string | boolean | null)[])[];
  readonly total: number;
}

export interface ListPreview {
  readonly kind: 'list';
  readonly total: number;
  /** The first: a type, and the value itself where it is short. */
  readonly items: readonly { readonly type: string; readonly text: string | null }[];
  /** Of a list of numbers. */
  readonly statistics: Statistics | null;
}

export interface ModelPreview {
  readonly kind: 'model';
  readonly path: string;
  readonly backend: string;
  readonly signature: ModelSignature;
}

/** Over the finite values; `nan` and `inf` count the others. */
export interface Statistics {
  /** Null when no value is finite. */
  readonly range: { readonly min: number; readonly max: number; readonly mean: number } | null;
  readonly nan: number;
  readonly inf: number;
  /** False when they are of at most 65,536 values, evenly spaced, and the counts are scaled up: show them with `≈`. */
  readonly exact: boolean;
}

/** Whose pixels coordinates are: those of a picture of this size. */
export interface PreviewSpace {
  readonly width: number;
  readonly height: number;
}

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is shown of a picture: scaled down where it is larger than what was asked for; never up. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Size of the whole picture. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** The part of it that is shown. */
  readonly region: Region;
}

export interface Picture extends PictureSize {
  /** `width × height × 4`, straight alpha. */
  readonly rgba: Uint8Array<ArrayBuffer>;
  /**
   * The samples themselves, interleaved, for the values in a picture that is zoomed in: where a region was asked for,
   * each of its pixels is shown as one, and there are at most `MAX_SAMPLES`.
   */
  readonly samples: Float64Array<ArrayBuffer> | null;
}

/**
 * A frame that goes by while a graph runs, in planes as `Frame` has them: less than half the bytes of colours, and the
 * browser converts them faster than we do. Width and height are even.
 */
export interface FramePicture extends PictureSize {
  readonly yuv: Uint8Array<ArrayBuffer>;
  readonly colour: FrameColour;
}

/** A tensor seen as a picture. */
export interface InterpretedPicture extends Picture {
  /** As what it was read, for people: `[1,3,H,W] as RGB planes`. */
  readonly interpretation: string;
  /** Values that are shown as black and white. */
  readonly black: number;
  readonly white: number;
  /** Planes of the tensor that can be looked at one by one; null where there are none. */
  readonly planes: { readonly batches: number; readonly maps: number } | null;
  /** Feature maps, side by side in row-major order; null for one picture. Sizes are those of the whole sheet. */
  readonly grid: MapGrid | null;
}

export interface MapGrid {
  readonly columns: number;
  readonly rows: number;
  /** Which of the batch, and the first map, from 0. */
  readonly batch: number;
  readonly first: number;
  /** Maps on the sheet. */
  readonly shown: number;
  /** What is black and white in each map, where each has a range of its own. */
  readonly ranges: readonly (readonly [black: number, white: number])[] | null;
}

/** How much is told of a value. */
export interface PreviewLimits {
  /** Rows of a table, items of a list. */
  readonly rows: number;
  /** Detections, and objects with key points. */
  readonly objects: number;
  /** Characters of a text. */
  readonly text: number;
  /** Parts of JSON. */
  readonly parts: number;
}

export const GLANCE: PreviewLimits = { rows: 50, objects: 500, text: 4096, parts: 200 };
export const WHOLE: PreviewLimits = { rows: 10_000, objects: 10_000, text: 262_144, parts: 20_000 };
export const MAX_BYTES = 1024;
export const MAX_SAMPLES = 65_536;
export const MAX_MAPS = 64;
export const MAX_SERIES = 512;
