import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseGraph } from '../../shared/graph/parse.ts';
import type { SampleGraph } from '../../shared/protocol/window-calls.ts';
import { RESOURCES } from '../registry/folders.ts';

const GRAPHS = join(RESOURCES, 'graphs');
export const SAMPLE_VIDEO = join(RESOURCES, 'media', 'shapes.mp4');

export function isSample(path: string): boolean {
  return dirname(resolve(path)) === GRAPHS;
}

/** What people try first. */
const FIRST = ['detect-image', 'detect-video', 'detect-live'].map((name) => `${name}.weft.json`);

/** The graphs that come with Weft: those that people try first, then the others by file name. */
export async function sampleGraphs(): Promise<SampleGraph[]> {
  const names = (await readdir(GRAPHS)).filter((file) => file.endsWith('.weft.json')).sort();
  const files = [...FIRST, ...names.filter((name) => !FIRST.includes(name))];
  return Promise.all(files.map((file) => describe(join(GRAPHS, file))));
}

async function describe(path: string): Promise<SampleGraph> {
  const parsed = parseGraph(await readFile(path, 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(`${path} is damaged: ${parsed.problems[0].message}`);
  const { graph } = parsed;
  return { path, name: graph.name ?? path, description: graph.description ?? '', graph };
}
