import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineHost } from '../../src/main/engine/host.ts';
import type { GraphNode } from '../../src/shared/graph/document.ts';
import type { NodeSignature } from '../../src/shared/node-api/signature.ts';
import type { PinWatch } from '../../src/shared/protocol/preview.ts';
import { type Case, rounded } from '../case.ts';
import { median } from '../interleave.ts';

const ROOT = join(import.meta.dirname, '../..');
const GRAPH = join(ROOT, 'resources/graphs/detect-video.weft.json');
const VIDEO = join(ROOT, '../shared/data/videos/derived-768x432-24fps-357f.mp4');
const WINDOW = 'bench';
/** Longest side of the pictures that the window asks for when one points at a pin. */
const MAX_SIDE = 256;
const ROUNDS = 6;

/** A run of the video, every pin of its graph previewed, or none. */
interface VideoRun {
  /** Items a second. */
  readonly fps: number;
  /** Of each previewed pin whose value changed: how many times a second it was told of. */
  readonly refreshHz: readonly number[];
}

/**
 * What previews cost (engine.md 9.1, 10): detection over a video with every pin of the graph previewed, beside the same
 * run with none. The bundled model is so fast that the engine's thread has more to do than with any other.
 */
export async function allPins(): Promise<Case> {
  if (!existsSync(VIDEO)) throw new Error('skipped: no test data');
  const out = await mkdtemp(join(tmpdir(), 'weft-bench-preview-'));
  const host = new EngineHost();
  try {
    const watches = watchesOf((await host.nodes()).nodes);
    const bare = () => runVideo(host, [], out);
    const previewed = () => runVideo(host, watches, out);
    // Processes start and models load before the time that counts.
    await bare();
    await previewed();
    const sides = { bare: [] as VideoRun[], previewed: [] as VideoRun[] };
    for (let round = 0; round < ROUNDS; round++) {
      // Whichever is second has the warmer machine.
      const first = round % 2 === 0;
      if (first) sides.bare.push(await bare());
      sides.previewed.push(await previewed());
      if (!first) sides.bare.push(await bare());
    }
    const fps = { bare: fpsOf(sides.bare), previewed: fpsOf(sides.previewed) };
    const slowest = sides.previewed.map(({ refreshHz }) => Math.min(...refreshHz));
    return {
      all_pins_ratio: rounded(fps.previewed / fps.bare),
      min_refresh_hz: rounded(Math.min(...slowest)),
      previewed_fps: rounded(fps.previewed),
      bare_fps: rounded(fps.bare),
      pins: watches.length,
      pins_of_stream: sides.previewed[0].refreshHz.length,
      rounds: ROUNDS,
    };
  } finally {
    await host.close();
    await rm(out, { recursive: true, force: true });
  }
}

/** Every pin of the graph, each as a look of its own. */
function watchesOf(signatures: readonly NodeSignature[]): PinWatch[] {
  const byId = new Map(signatures.map((signature) => [signature.id, signature]));
  const { nodes }: { nodes: readonly GraphNode[] } = JSON.parse(readFileSync(GRAPH, 'utf8'));
  return nodes.flatMap(({ id, type }) => {
    const signature = byId.get(type);
    return (['input', 'output'] as const).flatMap((side) =>
      (signature?.[`${side}s`] ?? []).map(
        ({ name: pin }): PinWatch => ({
          id: `${id} ${side} ${pin}`,
          ref: { node: id, side, pin },
          maxSide: MAX_SIDE,
        }),
      ),
    );
  });
}

/** The window says at once that it has shown what it is told. */
async function runVideo(host: EngineHost, watches: readonly PinWatch[], out: string): Promise<VideoRun> {
  const items = new Map<string, Set<number>>();
  const stop = host.onPreview((window, { watch, view }) => {
    host.acknowledgePreview(window, watch);
    if (view.state !== 'value' || view.preview.item === null) return;
    items.set(watch, (items.get(watch) ?? new Set()).add(view.preview.item));
  });
  host.watchPins(WINDOW, watches);
  try {
    const request = { graph: { path: GRAPH }, inputs: { video: VIDEO }, out, shownIn: { window: WINDOW } };
    const { status, ms, streams, error } = await host.run(request, () => {});
    const frames = streams.read?.items ?? 0;
    if (status !== 'done' || frames === 0) throw new Error(`The run ended as ${status}: ${error?.message}`);
    const seconds = ms / 1000;
    return { fps: frames / seconds, refreshHz: [...items.values()].map(({ size }) => size / seconds) };
  } finally {
    stop();
    host.watchPins(WINDOW, []);
  }
}

function fpsOf(runs: readonly VideoRun[]): number {
  return median(runs.map(({ fps }) => fps));
}
