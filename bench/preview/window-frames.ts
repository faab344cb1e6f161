import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import type { Graph } from '../../src/shared/graph/document.ts';
import { EditorServer } from '../../tests/e2e/editor-server.ts';
import { sandboxFlags, systemBrowser } from '../../tools/system-browser.ts';
import { type Case, rounded } from '../case.ts';
import { buildWeftPage } from '../editor/build-pages.ts';

/** 640 × 480 at 30 frames a second. */
const VIDEO = join(import.meta.dirname, '../../resources/media/shapes.mp4');
/** In ms: what is left out at the beginning, and what counts. */
const WARM_UP = 1500;
const MEASURED = 3000;

/** Live pictures, seen in their own size. */
const FRAMES: Graph = {
  weft: 1,
  nodes: [
    {
      id: 'see',
      type: 'video/camera@1',
      params: { device: VIDEO },
      ui: { at: [0, 0], size: [660, 700], viewer: true },
    },
    { id: 'out', type: 'io/output@1', params: { name: 'seen' }, ui: { at: [760, 0], viewer: false } },
  ],
  wires: [{ from: 'see.frame', to: 'out.value' }],
};

/** Items as fast as the engine makes them, through ten nodes. */
const FLOOD: Graph = {
  weft: 1,
  nodes: [
    { id: 'range', type: 'flow/range@1', params: { stop: 1e9 }, ui: { at: [0, 0] } },
    ...Array.from({ length: 10 }, (_, k) => ({
      id: `rate-${k}`,
      type: 'stats/rate@1',
      ui: { at: [300, k * 150] as const },
    })),
    { id: 'every', type: 'flow/sample@1', params: { every: 1_000_000 }, ui: { at: [600, 0] } },
    { id: 'out', type: 'io/output@1', params: { name: 'some' }, ui: { at: [900, 0] } },
  ],
  wires: [
    { from: 'range.value', to: 'rate-0.value' },
    ...Array.from({ length: 9 }, (_, k) => ({ from: `rate-${k}.value`, to: `rate-${k + 1}.value` })),
    { from: 'rate-9.value', to: 'every.value' },
    { from: 'every.value', to: 'out.value' },
  ],
};

/** Messages that the page has got since it was opened. */
interface Counted {
  readonly previews: number;
  readonly status: number;
}

/** What live pictures cost the window's main thread, and how often it is told how a run fares, whatever the run does. */
export async function windowFrames(): Promise<Case> {
  const executablePath = systemBrowser();
  if (executablePath === null) throw new Error('skipped: no Chromium, Chrome or Edge on this machine');
  const built = await mkdtemp(join(tmpdir(), 'weft-bench-preview-page-'));
  try {
    await buildWeftPage(built);
    await using server = await EditorServer.start({ env: { WEFT_E2E_PAGE: built } });
    await using browser = await chromium.launch({ executablePath, args: ['--disable-gpu', ...sandboxFlags()] });
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
    await page.addInitScript(COUNTING);
    await page.goto(server.url);
    const session = await page.context().newCDPSession(page);
    // In time of the processor: the engine, the host and the browser's other processes share the machine with the page.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const { frames, busyMs } = await measure(page, session, server, 'frames', FRAMES);
    const { messages } = await measure(page, session, server, 'flood', FLOOD);
    return {
      window_ms_per_frame: rounded(busyMs / frames),
      frames_per_s: rounded(frames / (MEASURED / 1000)),
      messages_per_s: rounded(messages / (MEASURED / 1000)),
    };
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

async function measure(
  page: Page,
  session: CDPSession,
  { files }: EditorServer,
  name: string,
  graph: Graph,
): Promise<{ frames: number; busyMs: number; messages: number }> {
  const path = join(files, `${name}.weft.json`);
  await writeFile(path, JSON.stringify(graph));
  await page.keyboard.press('Control+O');
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill(path);
  await field.press('Enter');
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: /^Stop/ }).waitFor();
  await page.waitForTimeout(WARM_UP);
  const before = { counted: await counted(page), busy: await busy(session) };
  await page.waitForTimeout(MEASURED);
  const after = { counted: await counted(page), busy: await busy(session) };
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Run', exact: true }).waitFor();
  return {
    frames: after.counted.previews - before.counted.previews,
    busyMs: (after.busy - before.busy) * 1000,
    messages: after.counted.status - before.counted.status,
  };
}

/** Seconds that a processor has worked for the main thread of the page. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

function counted(page: Page): Promise<Counted> {
  return page.evaluate('counted');
}

/** Counts by the words at the beginning of a message. */
const COUNTING = `
  const counted = { previews: 0, status: 0 };
  const decoder = new TextDecoder();
  class CountedSocket extends WebSocket {
    constructor(...how) {
      super(...how);
      this.addEventListener('message', ({ data }) => {
        const words = decoder.decode(new Uint8Array(data, 4, Math.min(data.byteLength - 4, 120)));
        if (words.includes('"event":"preview"')) counted.previews++;
        else if (words.includes('"event":"run"')) counted.status++;
      });
    }
  }
  window.counted = counted;
  window.WebSocket = CountedSocket;
`;
