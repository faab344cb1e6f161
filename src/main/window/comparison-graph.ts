import { basename } from 'node:path';
import { pictureForm } from '../../../nodes/model/shared/picture-input.ts';
import type { Graph } from '../../shared/graph/document.ts';
import type { ModelSignature } from '../../shared/types/pin-type.ts';
import { readablePath } from '../engine/absolute-path.ts';
import { inspectModel } from '../models/inspect-model.ts';
import { namedModel } from '../models/model-names.ts';
import { sampleForModel } from './sample-for-model.ts';

/**
 * A graph that measures a model on every backend and compares them. One that takes a picture gets the sample's; others
 * are measured with zeros.
 * @param text its name, or its path as a graph in `folder` says it
 * @throws what `inspectModel` throws
 */
export async function comparisonGraph(text: string, folder: string): Promise<Graph> {
  const { path, signature } = await inspectModel(readablePath(text, folder));
  const sample = await sampleForModel('compare-backends', namedModel(text) === path ? text : path);
  const graph = { ...sample, name: `Backends of ${basename(path, '.onnx')}` };
  return takesSamplePicture(signature) ? graph : withoutPicture(graph);
}

/** Whether the sample's nodes make what the model takes out of a picture. */
function takesSamplePicture({ inputs: [first, ...others] }: ModelSignature): boolean {
  if (first === undefined || others.length > 0 || first.dtype !== 'float32') return false;
  const form = pictureForm(first.shape);
  return form?.layout === 'chw' && form.channels === 3 && form.width !== undefined && form.height !== undefined;
}

/** The sample's nodes that read and prepare the picture. */
const PICTURE_NODES: readonly string[] = ['image', 'read', 'load', 'size', 'letterbox', 'tensor'];

function withoutPicture(graph: Graph): Graph {
  const stays = (id: string) => !PICTURE_NODES.includes(id.split('.')[0]);
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => stays(id)),
    wires: graph.wires?.filter(({ from, to }) => stays(from) && stays(to)) ?? [],
  };
}
