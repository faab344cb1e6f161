import type { CheckedGraph, CheckedNode, InputSource } from '../../shared/graph/checked-graph.ts';
import type { PinRef } from '../../shared/protocol/preview.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { checkedNode } from '../state/checked-node.ts';

/** The pins whose values a viewer shows together. */
export interface ViewerPins {
  /** Where a picture may come from; the first one whose size fits the overlays is shown. At most `MAX_PICTURES`. */
  readonly pictures: readonly PinRef[];
  /** Boxes, masks and key points to draw onto it. */
  readonly overlays: readonly PinRef[];
}

/** What `ui.viewer` of a node says: shown or not, or the pin that is looked at. */
export type ViewerChoice = boolean | string | undefined;

/**
 * Whether a viewer stands on a node that says nothing about it: on those that are there to be looked at, which are the
 * nodes that draw onto a picture, and outputs of the graph that a picture arrives at.
 */
export function showsViewerByDefault(checked: CheckedGraph, id: string): boolean {
  const node = checkedNode(checked, id);
  if (node === undefined) return false;
  if (node.signature.type.startsWith('image/draw-')) return true;
  return node.signature.type === 'io/output' && node.inputs.some((source) => isPicture(arriving(checked, source)));
}

/** What a viewer on a node shows; null when nothing at the node can be seen as a picture. */
export function viewerPins(checked: CheckedGraph, id: string, choice: ViewerChoice): ViewerPins | null {
  const node = checkedNode(checked, id);
  if (node === undefined) return null;
  const own = ownPins(checked, node);
  const chosen = typeof choice === 'string' ? own.filter(({ ref }) => ref.pin === choice) : own;

  const picture = chosen.find(({ type }) => isPicture(type));
  if (picture !== undefined) {
    // What came in with a picture has been drawn onto it or belongs to another one; what is given with it is its own.
    const overlays = own.filter(({ ref, type }) => ref.side === 'output' && isOverlay(type) && ref !== picture.ref);
    return { pictures: [picture.ref], overlays: overlays.map(({ ref }) => ref) };
  }
  const overlay = chosen.find(({ type }) => isOverlay(type));
  if (overlay !== undefined) return { pictures: picturesBefore(checked, node), overlays: [overlay.ref] };
  const tensor = chosen.find(({ type }) => type.kind === 'tensor');
  return tensor === undefined ? null : { pictures: [tensor.ref], overlays: [] };
}

const MAX_PICTURES = 4;

interface TypedPin {
  readonly ref: PinRef;
  readonly type: PinType;
}

/** Outputs first: a node is looked at for what it makes of its inputs. */
function ownPins(checked: CheckedGraph, { id, signature, inputs, outputTypes }: CheckedNode): TypedPin[] {
  const outputs = signature.outputs.map(({ name }, index) => ({
    ref: { node: id, side: 'output', pin: name } as const,
    type: outputTypes[index],
  }));
  const wired = signature.inputs.flatMap(({ name }, index) => {
    const type = arriving(checked, inputs[index]);
    return type === null ? [] : [{ ref: { node: id, side: 'input', pin: name } as const, type }];
  });
  return [...outputs, ...wired];
}

/** The pictures that a node's values can be about: those of the nodes before it, the nearest first. */
function picturesBefore(checked: CheckedGraph, node: CheckedNode): PinRef[] {
  const found: PinRef[] = [];
  const seen = new Set<CheckedNode>([node]);
  for (const at of seen) {
    for (const source of at.inputs) {
      if (source.from !== 'wire') continue;
      const before = checked.nodes[source.node];
      const type = before.outputTypes[source.output];
      const ref: PinRef = { node: before.id, side: 'output', pin: before.signature.outputs[source.output].name };
      if (isPicture(type) && !found.some((other) => other.node === ref.node && other.pin === ref.pin)) found.push(ref);
      // A set that grows while it is walked is a breadth-first search.
      seen.add(before);
    }
    if (found.length >= MAX_PICTURES) break;
  }
  return found.slice(0, MAX_PICTURES);
}

function arriving(checked: CheckedGraph, source: InputSource): PinType | null {
  return source.from === 'wire' ? checked.nodes[source.node].outputTypes[source.output] : null;
}

function isPicture(type: PinType | null): boolean {
  return type !== null && (type.kind === 'image' || type.kind === 'frame');
}

function isOverlay({ kind }: PinType): boolean {
  return kind === 'detections' || kind === 'mask' || kind === 'keypoints';
}
