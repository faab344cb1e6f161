import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Tracks that the page has opened. */
    weftTestTracks: MediaStreamTrack[];
  }
}

/** Lets a test see whether the page's cameras are on. The page is loaded anew. */
export async function watchCameras(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.weftTestTracks = [];
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      window.weftTestTracks.push(...stream.getTracks());
      return stream;
    };
  });
  await page.reload();
  await page.getByText('Engine ready').waitFor();
}

/** How many cameras the page has switched on. */
export function camerasOn(page: Page): Promise<number> {
  return page.evaluate(() => window.weftTestTracks.filter(({ readyState }) => readyState === 'live').length);
}

/** The film that a browser shows as its camera: what becomes of the file becomes of the camera. */
export class FilmCamera {
  readonly #path: string;
  readonly #film: Uint8Array;

  /** @param path of a film, see `renderFilm` */
  constructor(path: string) {
    this.#path = path;
    this.#film = readFileSync(path);
  }

  /** Its track ends, and it is no longer among the cameras. */
  unplug(): void {
    truncateSync(this.#path);
    rmSync(this.#path);
  }

  /** It is there, and cannot give a whole picture. */
  makeBusy(): void {
    writeFileSync(this.#path, this.#film.subarray(0, 1000));
  }

  plugIn(): void {
    if (!existsSync(this.#path) || readFileSync(this.#path).length < this.#film.length) {
      writeFileSync(this.#path, this.#film);
    }
  }
}
