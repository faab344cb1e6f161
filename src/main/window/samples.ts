import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseGraph } from '../../shared/graph/parse.ts';
import type { SampleGraph } from '../../shared/protocol/window-calls.ts';
import { RESOURCES } from '../registry/folders.ts';

const GRAPHS = join(RESOURCES, 'graphs');

export function isSample(path: string): boolean {
  return dirname(resolve(path)) === GRAPHS;
}

/** The graphs that come with Weft, by file name. */
export async function sampleGraphs(): Promise<SampleGraph[]> {
  const files = (await readdir(GRAPHS)).filter((file) => file.endsWith('.weft.json')).sort();
  return Promise.all(files.map((file) => describe(join(GRAPHS, file))));
}

async function describe(path: string): Promise<SampleGraph> {
  const parsed = parseGraph(await readFile(path, 'utf8'));
  if (parsed.kind !== 'ok') throw new Error(`${path} is damaged: ${parsed.problems[0].message}`);
  const { graph } = parsed;
  return { path, name: graph.name ?? path, description: graph.description ?? '', graph };
}
