import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Graph } from '../src/shared/graph/document.ts';
import { drag, middleOf, pin, placeOn } from '../tests/e2e/build-steps.ts';
import { EditorBrowser } from '../tests/e2e/editor-browser.ts';
import { EditorServer } from '../tests/e2e/editor-server.ts';
import { openModel, openModels } from '../tests/e2e/model-steps.ts';
import { canvas, newGraph, saveAs } from '../tests/e2e/person-steps.ts';
import {
  hoverPin,
  mark,
  node,
  openAs,
  openSample,
  panel,
  perform,
  run,
  runBar,
  select,
} from '../tests/e2e/run-steps.ts';

// `node tools/screenshots.ts`: the pictures of docs/, taken in the system's Chromium from the editor as it is built.
// `--size 2560x1440 --out FOLDER` takes them for looking at; `--only WORD` those with the word in their name.

const ROOT = join(import.meta.dirname, '..');

interface Shot {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly theme: 'dark' | 'light';
  /** Brings the page, which shows the start page, to what is to be seen. */
  stage(page: Page, server: EditorServer): Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: 'start', theme: 'dark', stage: showStart },
  { name: 'start-light', theme: 'light', stage: showStart },
  { name: 'first-graph', theme: 'dark', stage: showFirstGraph },
  { name: 'editor', theme: 'dark', stage: showEditor },
  { name: 'editor-light', theme: 'light', stage: showEditor },
  { name: 'result', theme: 'dark', stage: showResult },
  { name: 'result-light', theme: 'light', stage: showResult },
  { name: 'running', theme: 'dark', stage: showRunning },
  { name: 'failed', theme: 'dark', stage: showFailed },
  { name: 'search', theme: 'dark', stage: showSearch },
  { name: 'search-light', theme: 'light', stage: showSearch },
  { name: 'inspector', theme: 'dark', stage: showInspector },
  { name: 'inspector-light', theme: 'light', stage: showInspector },
  { name: 'pin', theme: 'dark', stage: showPin },
  { name: 'profiler', theme: 'dark', stage: showProfiler },
  { name: 'memory', theme: 'light', stage: showMemory },
  { name: 'backends', theme: 'dark', stage: showBackends },
  { name: 'commands', theme: 'dark', stage: showCommands },
  { name: 'keys', theme: 'light', stage: showKeys },
  { name: 'model', theme: 'dark', stage: showModel },
  { name: 'models', theme: 'light', stage: showModels },
];

/** The rectangle does not fit the picture, which is known only when it is read. */
const CROPPED_TOO_FAR: Omit<Graph, 'weft'> = {
  nodes: [
    { id: 'read', type: 'image/read@1', params: { path: 'photo.jpg' }, ui: { at: [0, 0] } },
    { id: 'crop', type: 'image/crop@1', params: { x: 900, y: 80, width: 1600, height: 900 }, ui: { at: [280, 0] } },
    { id: 'blur', type: 'image/blur@1', ui: { at: [560, 0] } },
    { id: 'write', type: 'image/write@1', params: { path: 'cropped.png' }, ui: { at: [840, 0] } },
  ],
  wires: [
    { from: 'read.image', to: 'crop.image' },
    { from: 'crop.image', to: 'blur.image' },
    { from: 'blur.image', to: 'write.image' },
  ],
};

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'docs', 'images') },
    size: { type: 'string', default: '1280x800' },
    only: { type: 'string', default: '' },
  },
});
const [width, height] = options.size.split('x').map(Number);
await mkdir(options.out, { recursive: true });
await using browser = await EditorBrowser.start();
for (const { name, theme, stage } of SHOTS.filter(({ name }) => name.includes(options.only))) {
  // A server of its own: what another picture's run left in the cache, or unsaved, is not seen in this one.
  await using server = await EditorServer.start();
  const page = await browser.open(server, { viewport: { width, height }, colorScheme: theme });
  await page.getByRole('region', { name: 'Samples' }).getByRole('button').first().waitFor();
  await stage(page, server);
  // A browser packs its pictures in haste.
  const packed = sharp(await page.screenshot()).png({ compressionLevel: 9, adaptiveFiltering: false });
  await packed.toFile(join(options.out, `${name}.png`));
  await browser.leave(page);
  console.log(name);
}
for (const fault of browser.faults) console.error(fault);
process.exitCode = browser.faults.length === 0 ? 0 : 1;

async function showStart(): Promise<void> {}

/** The steps of docs/guide/first-graph.md, by mouse. */
async function showFirstGraph(page: Page, server: EditorServer): Promise<void> {
  await copyFile(join(ROOT, 'resources/media/shapes.jpg'), join(server.files, 'photo.jpg'));
  await newGraph(page);
  await saveAs(page, join(server.files, 'first.weft.json'));
  const start = await placeOn(page, -280, -120);
  await page.mouse.dblclick(start.x, start.y);
  await chooseNode(page, 'Read image');
  const path = node(page, 'read').getByRole('textbox', { name: 'path of read' });
  await path.click();
  await path.fill('photo.jpg');
  await drag(page, await middleOf(pin(page, 'read.image', 'output')), await placeOn(page, 20, -120));
  await chooseNode(page, 'Blur');
  await page.keyboard.press('V');
  await run(page);
  await node(page, 'blur')
    .getByRole('img', { name: /^Picture of/ })
    .waitFor();
}

async function chooseNode(page: Page, title: string): Promise<void> {
  const list = page.getByRole('dialog', { name: 'Add a node' });
  await list.getByRole('combobox').fill(title);
  await list.getByRole('option', { name: title }).first().waitFor();
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'detached' });
}

async function showEditor(page: Page): Promise<void> {
  await openSample(page, 'Detect objects in a picture', 'detect-image');
  // Where it clicked the sample there may now be a wire, which would show its value.
  await page.mouse.move(0, 0);
}

async function showResult(page: Page): Promise<void> {
  await showEditor(page);
  await run(page);
  await node(page, 'annotated')
    .getByRole('img', { name: /^Picture of/ })
    .waitFor();
}

async function showRunning(page: Page): Promise<void> {
  await openSample(page, 'Detect objects in a video', 'detect-video');
  await runBar(page).getByRole('button', { name: 'Run', exact: true }).click();
  await node(page, 'draw')
    .getByRole('img', { name: /^Picture of/ })
    .waitFor();
}

async function showFailed(page: Page, server: EditorServer): Promise<void> {
  await copyFile(join(ROOT, 'resources/media/shapes.jpg'), join(server.files, 'photo.jpg'));
  await openAs(page, server, 'crop', CROPPED_TOO_FAR);
  await run(page);
  await mark(page, 'crop', /^Failed/).waitFor();
  await panel(page, 'Problems');
}

async function showSearch(page: Page): Promise<void> {
  await showResult(page);
  await canvas(page).dblclick({ position: { x: 80, y: 60 } });
  await page.getByPlaceholder('Add a node').fill('resize');
  await page.getByRole('option', { name: /^Resize/ }).waitFor();
}

async function showInspector(page: Page): Promise<void> {
  await showResult(page);
  await select(page, 'filter');
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading').first().waitFor();
}

async function showPin(page: Page): Promise<void> {
  await showResult(page);
  const look = await hoverPin(page, 'prepare', 'output tensor');
  await look.getByText('mean').waitFor();
}

async function showProfiler(page: Page): Promise<void> {
  await openSample(page, 'Detect objects in a video', 'detect-video');
  const profiler = await panel(page, 'Profiler');
  await run(page);
  await dismissNotice(page);
  const timeline = profiler.getByRole('img', { name: /^Timeline/ });
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('The timeline is not in the window.');
  await page.mouse.move(box.x + box.width * 0.6, box.y + 30);
  await page.mouse.wheel(0, -1100);
  await profiler.getByText(/ in view of /).waitFor();
}

/** A video was written, which is told over the panel. */
async function dismissNotice(page: Page): Promise<void> {
  const notices = page.getByRole('region', { name: 'Notices' });
  await notices.getByRole('button', { name: 'Dismiss' }).click();
  await notices.getByRole('button').waitFor({ state: 'detached' });
}

async function showMemory(page: Page): Promise<void> {
  await openSample(page, 'Detect objects in a video', 'detect-video');
  const memory = await panel(page, 'Memory');
  await run(page);
  await dismissNotice(page);
  await memory.getByRole('list', { name: 'Memory by pin' }).getByRole('button').first().waitFor();
}

async function showBackends(page: Page): Promise<void> {
  await openSample(page, 'Compare backends', 'compare-backends');
  await page.getByRole('spinbutton', { name: 'Input iterations' }).fill('20');
  await page.keyboard.press('Enter');
  await run(page);
  await node(page, 'compare').getByRole('table').waitFor();
  await node(page, 'compare').getByRole('region', { name: 'Backends' }).hover();
  await node(page, 'compare').getByRole('button', { name: 'Open large' }).click();
  await page.getByRole('dialog').getByRole('table').waitFor();
}

async function showCommands(page: Page): Promise<void> {
  await showEditor(page);
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('select');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
}

async function showKeys(page: Page): Promise<void> {
  await showEditor(page);
  await perform(page, 'Show all keys');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
}

async function showModel(page: Page, server: EditorServer): Promise<void> {
  const path = join(server.files, 'shapes.onnx');
  await copyFile(join(ROOT, 'resources/models/shapes.onnx'), path);
  await openModel(page, path);
  await page.getByRole('list', { name: 'Backends' }).getByText('wasm').waitFor();
}

async function showModels(page: Page): Promise<void> {
  await showEditor(page);
  await openModels(page);
}
