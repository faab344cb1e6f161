import { pictureForm } from '../../../nodes/model/shared/picture-input.ts';
import type { Graph, GraphNode } from '../../shared/graph/document.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { ModelInspection, ModelTask } from '../../shared/protocol/model-inspection.ts';
import { readablePath } from '../engine/absolute-path.ts';
import { inspectModel } from '../models/inspect-model.ts';
import { namedModel } from '../models/model-names.ts';
import { plainGraph } from './plain-graph.ts';
import { SAMPLE_PICTURE, sampleForModel } from './sample-for-model.ts';

/** The sample for each task. */
const SAMPLES: Readonly<Record<ModelTask, string>> = {
  detect: 'detect-image',
  segment: 'segment',
  keypoints: 'keypoints',
  classify: 'classify',
  upscale: 'upscale',
};

/**
 * A graph that runs a model: the sample for what it is for, or one that loads it and shows all that it gives.
 * @param text its name, or its path as a graph in `folder` says it
 * @throws what `inspectModel` throws
 */
export async function suggestedGraph(text: string, folder: string): Promise<Graph> {
  const inspection = await inspectModel(readablePath(text, folder));
  const isName = namedModel(text) === inspection.path;
  const model = isName ? text : inspection.path;
  const { task } = inspection.purpose;
  if (task === null) return plainGraph(model, SAMPLE_PICTURE, inspection.signature);
  const graph = await sampleForModel(SAMPLES[task], model);
  return task === 'classify' ? fittedClassifier(graph, inspection) : graph;
}

/** Without the labels, of which nobody knows the file; and prepared as a model of one channel, or of another layout, takes it. */
function fittedClassifier(graph: Graph, { signature }: ModelInspection): Graph {
  const picture = pictureForm(signature.inputs[0].shape);
  const isLeft = (id: string) => id !== 'labels' && id !== 'names';
  const nodes = graph.nodes.filter(({ id }) => isLeft(id));
  const wires = graph.wires?.filter(({ from, to }) => isLeft(from.split('.')[0]) && isLeft(to.split('.')[0]));
  const prepared = nodes.map((node) => {
    if (node.id !== 'tensor') return node;
    if (picture?.channels === 1) return withParams(node, { channels: 'grey', mean: [0], std: [1] });
    return picture?.layout === 'hwc' ? withParams(node, { layout: 'nhwc' }) : node;
  });
  return { ...graph, nodes: prepared, ...(wires === undefined ? {} : { wires }) };
}

function withParams(node: GraphNode, params: Readonly<Record<string, JsonValue>>): GraphNode {
  return { ...node, params: { ...node.params, ...params } };
}
