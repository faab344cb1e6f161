import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { EditorServer } from '../../tests/e2e/editor-server.ts';
import { probeScript } from '../../tests/e2e/probe/probe-script.ts';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';
import { type Case, rounded, type SuiteResult } from '../case.ts';
import { buildPages } from '../editor/build-pages.ts';
import { CanvasPage } from '../editor/canvas-page.ts';
import { compareFrames, type Frames, figuresOf } from '../editor/compare-frames.ts';
import { servePage } from '../editor/serve-page.ts';
import { NODE_COUNT, weftGraph } from '../editor/stress-graph.ts';
import { median } from '../interleave.ts';

/** Frames come as fast as they are ready and not as fast as a screen shows them: else all that is faster is equal. */
const FLAGS = ['--disable-frame-rate-limit', '--disable-gpu-vsync', '--disable-gpu', '--no-first-run'];

/** The panels at the sides leave 1,400 × 988 pixels for the canvas. */
const WINDOW = { width: 1920, height: 1080 };

/** From all nodes in view to about 50 (48, with those that reach in from the borders), in powers of two. */
const FROM_ALL_TO_NEAR = 3.15;

const OPENINGS = 2;
const EDITS = 5;

/** The editor with 2,000 nodes and 3,000 wires, beside React Flow's own stress example with as many plain boxes. */
export async function editorSuite(): Promise<SuiteResult> {
  const executablePath = systemBrowser();
  if (executablePath === null) throw new Error('skipped: no Chromium, Chrome or Edge on this machine');
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-editor-'));
  try {
    const probe = await probeScript();
    const built = await buildPages(folder);
    await using server = await EditorServer.start({ env: { WEFT_E2E_PAGE: built.weft } });
    await using plainServer = await servePage(built.plain);
    await using browser = await chromium.launch({ executablePath, args: [...FLAGS, ...sandboxFlags()] });
    const file = join(server.files, 'stress.weft.json');
    await writeFile(file, JSON.stringify(weftGraph()));

    const { weft, times } = await openInWeft(() => openPage(browser, server.url, probe), file);
    const query = queryOf({ ...(await weft.area()), ...(await weft.viewport()) });
    const plain = await openPage(browser, `${plainServer.url}?${query}`, probe);
    await plain.page
      .locator('.react-flow__node')
      .nth(NODE_COUNT - 1)
      .waitFor();

    const sides = { weft, plain };
    const panAll = await compareFrames(sides, (page) => page.pan(12, [4, 2]));
    const zoomAll = await compareFrames(sides, (page) => page.zoom(12, 0.01));
    for (const page of [weft, plain]) await page.zoomBy(FROM_ALL_TO_NEAR);
    const inView = await weft.nodesInView();
    const panNear = await compareFrames(sides, (page) => page.pan(40, [8, 4]));
    const zoomNear = await compareFrames(sides, (page) => page.zoom(30, 0.02));
    return {
      suite: 'editor',
      cases: {
        open2000: { weft_ms: rounded(median(times)), rounds: times.length },
        pan2000: frameCase(panAll, panNear),
        zoom2000: frameCase(zoomAll, zoomNear),
        edit: { commits_per_param_edit: await commitsPerEdit(weft), nodes_in_view: inView, edits: EDITS },
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function queryOf(figures: Readonly<Record<string, number>>): URLSearchParams {
  return new URLSearchParams(Object.entries(figures).map(([name, figure]): [string, string] => [name, String(figure)]));
}

async function openPage(browser: Browser, url: string, probe: string): Promise<CanvasPage> {
  const context = await browser.newContext({ viewport: WINDOW });
  await context.addInitScript({ content: probe });
  const page = await context.newPage();
  await page.goto(url);
  return new CanvasPage(page);
}

/** Opens the file in fresh windows, one after the other; gives the last one. */
async function openInWeft(
  newWindow: () => Promise<CanvasPage>,
  file: string,
): Promise<{ weft: CanvasPage; times: number[] }> {
  const times: number[] = [];
  for (;;) {
    const weft = await newWindow();
    const { page } = weft;
    await page.getByRole('region', { name: 'Samples' }).waitFor();
    await page.keyboard.press('Control+O');
    const name = page.getByRole('dialog').getByRole('textbox');
    await name.fill(file);
    const time = weft.timeOpening(NODE_COUNT);
    await name.press('Enter');
    times.push(await time);
    if (times.length === OPENINGS) return { weft, times };
    await page.context().close();
  }
}

/** Renderings of nodes for each step of a number in a node, whichever nodes they are. */
async function commitsPerEdit(weft: CanvasPage): Promise<number> {
  const { page } = weft;
  const number = page.locator('.react-flow__node').getByRole('spinbutton').nth(20);
  await number.focus();
  const counts: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const before = await number.inputValue();
    await weft.takeCommits();
    await number.press('ArrowDown');
    // What an edit sets off, as the check of the graph, has come back long before.
    await page.waitForTimeout(500);
    const { nodes } = await weft.takeCommits();
    if ((await number.inputValue()) === before) throw new Error('A number in a node did not change.');
    counts.push(Object.values(nodes).reduce((sum, count) => sum + count, 0));
  }
  return Math.max(...counts);
}

/** With all nodes in view, and with about 50. */
function frameCase(all: Frames, near: Frames): Case {
  const named = (prefix: string, frames: Frames) =>
    Object.entries(figuresOf(frames)).map(([name, figure]) => [`${prefix}_${name}`, rounded(figure)]);
  const figures = [...named('all', all), ...named('near', near)];
  return { ...Object.fromEntries(figures), all_frames: all.weft.length, near_frames: near.weft.length };
}
