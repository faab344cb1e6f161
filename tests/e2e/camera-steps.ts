import type { BrowserContext, Page } from 'playwright-core';

/** What tests do to the cameras of a page. */
interface PageCameras {
  /** Tracks that the page has opened. */
  readonly tracks: MediaStreamTrack[];
  plugged: boolean;
}

declare global {
  interface Window {
    weftTestCameras: PageCameras;
  }
}

/** Lets a test pull the plug of a page's cameras, and see whether they are on. To be called before the page is there. */
export async function holdCameras(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const cameras: PageCameras = { tracks: [], plugged: true };
    window.weftTestCameras = cameras;
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => (cameras.plugged ? enumerateDevices() : []);
    mediaDevices.getUserMedia = async (constraints) => {
      if (!cameras.plugged) throw new DOMException('Requested device not found', 'NotFoundError');
      const stream = await getUserMedia(constraints);
      cameras.tracks.push(...stream.getTracks());
      return stream;
    };
  });
}

/** Ends the tracks, as the system does when a camera is unplugged. */
export function unplug(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.weftTestCameras.plugged = false;
    for (const track of window.weftTestCameras.tracks) track.stop();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}

export function plugIn(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.weftTestCameras.plugged = true;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}

/** How many cameras the page has switched on. */
export function camerasOn(page: Page): Promise<number> {
  return page.evaluate(() => window.weftTestCameras.tracks.filter(({ readyState }) => readyState === 'live').length);
}
