import type { Graph, GraphBody, Wire } from '../../../../src/shared/graph/document.ts';
import { keyOf } from '../../../../src/shared/graph/edit/element-key.ts';
import { type BodyDraft, type BodyName, GraphDraft } from '../../../../src/shared/graph/edit/graph-draft.ts';
import type { NodeTypes } from '../../../../src/shared/graph/edit/pin-types.ts';
import { NOTHING_SELECTED, type Selection } from '../../../../src/shared/graph/edit/selection.ts';
import { catalogue, graph } from '../fixtures/nodes.ts';

export const types: NodeTypes = { catalogue };

/** read → box → normalize → detect, 640 wide. */
export const detection = graph(
  {
    read: { type: 'image/read@1', params: { path: 'bus.jpg' }, ui: { at: [0, 0] } },
    box: { type: 'image/letterbox@1', params: { width: 640, height: 640 }, ui: { at: [300, 0] } },
    normalize: { type: 'tensor/normalize@1', ui: { at: [600, 0] } },
    detect: { type: 'detect/detect@1', params: { conf: 0.5 }, ui: { at: [900, 0] } },
  },
  ['read.image → box.image', 'box.image → normalize.image', 'normalize.tensor → detect.tensor'],
);

export function draftOf(document: Graph, name: BodyName = null): BodyDraft {
  return new GraphDraft(document).body(name);
}

export function nodes(...ids: string[]): Selection {
  return { ...NOTHING_SELECTED, nodes: new Set(ids) };
}

/** `a.x → b.y`, in the order of the file. */
export function wiresOf({ wires = [] }: GraphBody): string[] {
  return wires.map(({ from, to }) => `${from} → ${to}`);
}

export function wireTo(draft: BodyDraft, to: string): string {
  return keyOf(draft.list('wires').find((wire) => wire.to === to) as Wire);
}

/** `node.pin` */
export function pin(text: string): { node: string; pin: string } {
  const [node, name] = text.split('.');
  return { node, pin: name };
}
