import { dirname, join, resolve } from 'node:path';
import type { Graph, GraphNode } from '../../shared/graph/document.ts';
import { isGraphInput } from '../../shared/graph/interface.ts';
import { RESOURCES } from '../registry/folders.ts';
import { sampleGraphs } from './samples.ts';

/** What a graph shows as long as nobody chose another picture. */
export const SAMPLE_PICTURE = join(RESOURCES, 'media', 'shapes.jpg');

/** The sample with this file name, on this model: with a picture too, and with its relative paths made absolute. */
export async function sampleForModel(name: string, model: string): Promise<Graph> {
  const path = join(RESOURCES, 'graphs', `${name}.weft.json`);
  const sample = (await sampleGraphs()).find((other) => other.path === path);
  if (sample === undefined) throw new Error(`${path} does not come with Weft any more.`);
  const nodes = sample.graph.nodes.map((node) => withDefault(node, dirname(path), model));
  return { ...sample.graph, nodes };
}

function withDefault(node: GraphNode, folder: string, model: string): GraphNode {
  if (!isGraphInput(node) || node.params?.type !== 'path') return node;
  const { name, default: own } = node.params;
  if (name === 'model') return { ...node, params: { ...node.params, default: model } };
  if (name !== 'image') return node;
  const picture = typeof own === 'string' ? resolve(folder, own) : SAMPLE_PICTURE;
  return { ...node, params: { ...node.params, default: picture } };
}
