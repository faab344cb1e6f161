import type { Locator, Page } from 'playwright-core';
import { labelColour } from '../../src/renderer/previews/label-colour.ts';
import { probeScript } from './probe/probe-script.ts';
import type { Box, Captured, Film, SeenPicture, Thing } from './probe/seen-picture.ts';
import { goTo, node } from './run-steps.ts';
import { CODE, HEIGHT, WIDTH } from './shape-film.ts';

const FILM: Film = { width: WIDTH, height: HEIGHT, code: CODE };

/** As they come out of the camera, in RGB; the boxes that the window draws have the colours of their labels. */
const THINGS: readonly Thing[] = [
  { fill: [42, 61, 127], line: labelColour('circle') },
  { fill: [138, 30, 37], line: labelColour('star') },
];

/** Notes when frames of the film come to a page, which is loaded again for that. */
export async function watchCamera(page: Page): Promise<void> {
  const script = await probeScript('live-probe.ts');
  await page.addInitScript({ content: `${script};livePicture.watchCaptures(${JSON.stringify(FILM)})` });
  await page.reload();
  await page.getByText('Engine ready').waitFor();
  await page.getByRole('region', { name: 'Samples' }).waitFor();
}

/** The boxes that a node gives, on the picture that they are of. */
export function viewOf(page: Page, id: string): Locator {
  return node(page, id).getByRole('img', { name: /^Picture of/ });
}

/** Opens a viewer on a node. */
export async function viewOnNode(page: Page, id: string): Promise<Locator> {
  await goTo(page, id);
  await page.keyboard.press('v');
  const view = viewOf(page, id);
  await view.waitFor();
  return view;
}

/** Opens a viewer on a node, and then its large view. */
export async function viewLarge(page: Page, id: string): Promise<Locator> {
  await (await viewOnNode(page, id)).hover();
  await node(page, id).getByRole('button', { name: 'Open large' }).click();
  const large = page.getByRole('dialog').getByRole('img', { name: /^Picture of/ });
  await large.waitFor();
  return large;
}

/** The next pictures that are shown, read back from the canvas: their numbers, and these things in them. */
export function seePictures(canvas: Locator, count: number, things = THINGS): Promise<SeenPicture[]> {
  return canvas.evaluate((element, [count, film, things]) => livePicture.seePictures(element, count, film, things), [
    count,
    FILM,
    things,
  ] as const);
}

/**
 * From the next key on, notes the numbers of the pictures that show boxes, until one has none. The one that is there when
 * the key is pressed comes first.
 */
export function watchBoxes(picture: Locator): Promise<void> {
  return picture.evaluate((element, film) => livePicture.watchBoxes(element, film), FILM);
}

/** What `watchBoxes` has noted, once there are no boxes any more. */
export function boxedPictures(page: Page): Promise<number[]> {
  return page.evaluate(() => livePicture.boxedPictures());
}

/** How many cameras the page has begun to read since it was loaded. */
export function camerasRead(page: Page): Promise<number> {
  return page.evaluate(() => livePicture.camerasRead());
}

/** The frames that have come from the camera since the last call. */
export function takeCaptures(page: Page): Promise<Captured[]> {
  return page.evaluate(() => livePicture.takeCaptures());
}

export interface Age {
  /** From when a frame came from the camera until it was seen. */
  readonly ms: number;
  /** Frames that had come after it by then. */
  readonly frames: number;
}

/** How old each picture was when it was seen; those whose capture was not noted are left out. */
export function agesOf(seen: readonly SeenPicture[], captures: readonly Captured[]): Age[] {
  return seen.flatMap(({ number, at }) => {
    const before = captures.filter((capture) => capture.at <= at);
    const index = before.findLastIndex((capture) => capture.number === number);
    return index < 0 ? [] : [{ ms: at - before[index].at, frames: before.length - 1 - index }];
  });
}

/** Intersection over union. */
export function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const shared = width * height;
  return shared / (areaOf(a) + areaOf(b) - shared);
}

function areaOf([left, top, right, bottom]: Box): number {
  return (right - left) * (bottom - top);
}
