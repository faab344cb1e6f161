import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { EngineHost } from '../../src/main/engine/host.ts';
import { RESOURCES } from '../../src/main/registry/folders.ts';
import type { Graph } from '../../src/shared/graph/document.ts';
import { parseGraph } from '../../src/shared/graph/parse.ts';
import { cameraFlags } from '../../tests/e2e/camera-film.ts';
import { EditorBrowser } from '../../tests/e2e/editor-browser.ts';
import { EditorServer } from '../../tests/e2e/editor-server.ts';
import { agesOf, seePictures, takeCaptures, viewLarge, viewOnNode, watchCamera } from '../../tests/e2e/live-view.ts';
import { openAs, startRun, TEST_NODES } from '../../tests/e2e/run-steps.ts';
import { renderShapeFilm } from '../../tests/e2e/shape-film.ts';
import { type Case, rounded, type SuiteResult } from '../case.ts';
import { buildWeftPage } from '../editor/build-pages.ts';

const FPS = 30;
const INTERVAL_MS = 1000 / FPS;
/** What a slow model takes. */
const SLOW_MS = 100;
const MODEL = 'bundled:shapes';
/** In it a large picture is a little larger than the camera's. */
const WINDOW = { width: 900, height: 700 };

/** From the camera of a window to boxes on its screen: how old what is shown is, and how much of the camera's is shown. */
export async function liveSuite(): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-live-'));
  try {
    const film = join(folder, 'shapes.y4m');
    const built = join(folder, 'page');
    renderShapeFilm(film, FPS);
    await buildWeftPage(built);
    const modelMs = await timeModel();
    await using server = await EditorServer.start({ nodes: TEST_NODES, env: { WEFT_E2E_PAGE: built } });
    await using browser = await EditorBrowser.start(cameraFlags(film));
    const run = async (live: LiveRun) => {
      const page = await browser.open(server, { viewport: WINDOW });
      const measured = await measure(server, page, live);
      await browser.leave(page);
      return measured;
    };
    const sample = await detectLive();
    return {
      suite: 'live',
      cases: {
        camera30: await run({ name: 'camera', graph: sample, view: viewOnNode, pictures: 300, modelMs }),
        slow30: await run({
          name: 'slow',
          graph: withDelay(sample, SLOW_MS - modelMs),
          view: viewOnNode,
          pictures: 80,
          modelMs: SLOW_MS,
        }),
        large30: await run({ name: 'large', graph: sample, view: viewLarge, pictures: 200, modelMs }),
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface LiveRun {
  readonly name: string;
  readonly graph: Graph;
  /** Opens the picture that is looked at. */
  readonly view: typeof viewOnNode;
  readonly pictures: number;
  readonly modelMs: number;
}

async function measure(
  server: EditorServer,
  page: Page,
  { name, graph, view, pictures, modelMs }: LiveRun,
): Promise<Case> {
  await watchCamera(page);
  await openAs(page, server, name, graph);
  await startRun(page);
  const canvas = await view(page, 'original');
  // Processes start and the model loads before the time that counts.
  await seePictures(canvas, Math.ceil(pictures / 5), []);
  await takeCaptures(page);
  const seen = await seePictures(canvas, pictures, []);
  const captures = await takeCaptures(page);
  const ages = agesOf(seen, captures)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  const p95 = ages[Math.floor(ages.length * 0.95)];
  const limit = 2 * INTERVAL_MS + modelMs;
  return {
    latency_p50_ms: rounded(ages[Math.floor(ages.length / 2)]),
    latency_p95_ms: rounded(p95),
    limit_ms: rounded(limit),
    of_limit: rounded(p95 / limit),
    shown_fps: rounded(rateOf(seen)),
    camera_fps: rounded(rateOf(captures)),
    of_camera: rounded(rateOf(seen) / rateOf(captures)),
    model_ms: rounded(modelMs),
    pictures,
  };
}

function rateOf(times: readonly { readonly at: number }[]): number {
  return ((times.length - 1) * 1000) / ((times.at(-1)?.at ?? 0) - times[0].at);
}

async function detectLive(): Promise<Graph> {
  const parsed = parseGraph(await readFile(join(RESOURCES, 'graphs/detect-live.weft.json'), 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(`The sample is ${parsed.kind}.`);
  return parsed.graph;
}

/** The graph with a model that takes so much longer. */
function withDelay(graph: Graph, ms: number): Graph {
  const [from, to] = ['infer.outputs', 'decode.outputs'];
  const wires = graph.wires?.filter((wire) => wire.from !== from) ?? [];
  return {
    ...graph,
    nodes: [...graph.nodes, { id: 'delay', type: 'e2e/delay@1', params: { ms }, ui: { at: [1080, 0] } }],
    wires: [...wires, { from, to: 'delay.x' }, { from: 'delay.y', to }],
  };
}

const benchmarkSchema = z.object({ status: z.literal('done'), p50: z.number() });

/** Time of one run of the model alone, ms. */
async function timeModel(): Promise<number> {
  const host = new EngineHost();
  const document: Graph = {
    weft: 1,
    nodes: [
      { id: 'time', type: 'model/benchmark@1', params: { path: MODEL, iterations: 100 } },
      { id: 'out', type: 'io/output@1', params: { name: 'result' } },
    ],
    wires: [{ from: 'time.result', to: 'out.value' }],
  };
  let result: unknown;
  try {
    await host.run({ graph: { document, folder: tmpdir() }, out: tmpdir() }, (event) => {
      if (event.event === 'output') result = event.value;
    });
  } finally {
    await host.close();
  }
  return benchmarkSchema.parse(result).p50;
}
