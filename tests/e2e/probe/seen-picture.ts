export interface Film {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly code: {
    readonly bits: number;
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** A thing in the film: the colour that it is filled with, and that of the box which is drawn around it. */
export interface Thing {
  readonly fill: readonly [red: number, green: number, blue: number];
  /** As CSS says it. */
  readonly line: string;
}

/** Left, top, right, bottom, in pixels of the canvas. */
export type Box = readonly [number, number, number, number];

export interface SeenPicture {
  /** In the film. */
  readonly number: number;
  /** When it was seen, ms of the page's clock. */
  readonly at: number;
  /** By thing: where it is in the picture, and where its box; null where there is none. */
  readonly things: readonly { readonly shape: Box | null; readonly box: Box | null }[];
}

export interface Captured {
  readonly number: number;
  readonly at: number;
}

declare global {
  /** What `live-picture.ts` does inside of a page. */
  var livePicture: {
    seePictures(canvas: unknown, count: number, film: Film, things: readonly Thing[]): Promise<SeenPicture[]>;
    watchBoxes(canvas: unknown, film: Film): void;
    boxedPictures(): Promise<number[]>;
    takeCaptures(): Captured[];
    camerasRead(): number;
  };
}
