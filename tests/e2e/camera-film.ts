import { writeFileSync } from 'node:fs';
import { frameBytes } from '../../src/shared/node-api/frame.ts';

export interface Film {
  /** In pixels; even. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
}

/**
 * Renders what Chromium's fake camera shows over and over, as YUV4MPEG2.
 * @param draw fills the planes of frame `index`, laid out as in `Frame.data`, which hold the last frame: BT.601, 16–235
 */
export function renderFilm(
  path: string,
  { width, height, fps, frames }: Film,
  draw: (planes: Uint8Array, index: number) => void,
): void {
  const planes = new Uint8Array(frameBytes(width, height)).fill(128);
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`)];
  for (let index = 0; index < frames; index++) {
    draw(planes, index);
    parts.push(Buffer.from('FRAME\n'), planes.slice());
  }
  writeFileSync(path, Buffer.concat(parts));
}

/** Flags of a Chromium whose only camera shows a film; the person allows it without being asked. */
export function cameraFlags(film: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
}
