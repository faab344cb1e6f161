import type { CheckedGraph, CheckedNode, InputSource } from '../../shared/graph/checked-graph.ts';
import type { PinRef } from '../../shared/protocol/preview.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import { checkedNode } from '../state/checked-node.ts';

/** What a viewer shows: a picture with what was found in it, or else the value of a pin. */
export type ViewerPins = PictureViewerPins | { readonly kind: 'value'; readonly pin: PinRef };

export interface PictureViewerPins {
  readonly kind: 'picture';
  /** Where a picture may come from; the first one whose size fits the overlays is shown. At most `MAX_PICTURES`. */
  readonly pictures: readonly PinRef[];
  /** Boxes, masks and key points to draw onto it. */
  readonly overlays: readonly PinRef[];
}

/** What `ui.viewer` of a node says: shown or not, or the pin that is looked at. */
export type ViewerChoice = boolean | string | undefined;

/**
 * Whether a viewer stands on a node that says nothing about it: on those that are there to be looked at, which are the
 * nodes that draw onto a picture, comparisons of backends, and outputs of the graph that a picture arrives at.
 */
export function showsViewerByDefault(checked: CheckedGraph, id: string): boolean {
  const node = checkedNode(checked, id);
  if (node === undefined) return false;
  if (node.signature.type.startsWith('image/draw-') || node.signature.type === COMPARES_BACKENDS) return true;
  return node.signature.type === 'io/output' && node.inputs.some((source) => isPicture(arriving(checked, source)));
}

/** What a viewer on a node shows; null for a node at which there is no value. */
export function viewerPins(checked: CheckedGraph, id: string, choice: ViewerChoice): ViewerPins | null {
  const node = checkedNode(checked, id);
  if (node === undefined) return null;
  const own = ownPins(checked, node);
  const chosen = typeof choice === 'string' ? own.filter(({ ref }) => ref.pin === choice) : own;

  const picture = chosen.find(({ type }) => isPicture(type));
  if (picture !== undefined) {
    // What came in with a picture has been drawn onto it or belongs to another one; what is given with it is its own.
    const overlays = own.filter(({ ref, type }) => ref.side === 'output' && isOverlay(type) && ref !== picture.ref);
    return { kind: 'picture', pictures: [picture.ref], overlays: overlays.map(({ ref }) => ref) };
  }
  const overlay = chosen.find(({ type }) => isOverlay(type));
  if (overlay !== undefined) {
    const pictures = picturesBefore(checked, node);
    if (pictures.length === 0) return { kind: 'value', pin: overlay.ref };
    return { kind: 'picture', pictures, overlays: [overlay.ref] };
  }
  const tensor = chosen.find(({ type }) => type.kind === 'tensor');
  if (tensor !== undefined) return { kind: 'picture', pictures: [tensor.ref], overlays: [] };
  const first = chosen.at(0);
  return first === undefined ? null : { kind: 'value', pin: first.ref };
}

/** The pins of a node that its viewer can show. */
export function shownPins(checked: CheckedGraph, id: string): PinRef[] {
  const node = checkedNode(checked, id);
  return node === undefined ? [] : ownPins(checked, node).map(({ ref }) => ref);
}

/**
 * Outputs of the same graph whose pictures can be laid beside that of a node: of the nodes before it, the nearest first,
 * then of all others.
 */
export function besidePins(checked: CheckedGraph, id: string): PinRef[] {
  const node = checkedNode(checked, id);
  if (node === undefined) return [];
  const body = id.slice(0, id.lastIndexOf('/') + 1);
  const nodes = new Set([...nodesBefore(checked, node), ...checked.nodes]);
  return [...nodes].flatMap(({ id: other, signature, outputTypes }) => {
    const isInBody = other.startsWith(body) && !other.slice(body.length).includes('/');
    if (!isInBody) return [];
    return signature.outputs.flatMap(({ name }, index) => {
      const { kind } = outputTypes[index];
      const isSeen = kind === 'tensor' || kind === 'mask' || isPicture(outputTypes[index]);
      return isSeen ? [{ node: other, side: 'output', pin: name } as const] : [];
    });
  });
}

/** Nodes of this type show a chart of their own. */
export const COMPARES_BACKENDS = 'stats/compare-backends';

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
  for (const at of [node, ...nodesBefore(checked, node)]) {
    for (const source of at.inputs) {
      if (source.from !== 'wire') continue;
      const before = checked.nodes[source.node];
      const ref: PinRef = { node: before.id, side: 'output', pin: before.signature.outputs[source.output].name };
      const isKnown = found.some((other) => other.node === ref.node && other.pin === ref.pin);
      if (isPicture(before.outputTypes[source.output]) && !isKnown) found.push(ref);
    }
    if (found.length >= MAX_PICTURES) break;
  }
  return found.slice(0, MAX_PICTURES);
}

/** The nodes that a node's values come from, the nearest first. */
function nodesBefore(checked: CheckedGraph, node: CheckedNode): CheckedNode[] {
  const seen = new Set<CheckedNode>([node]);
  // A set that grows while it is walked is a breadth-first search.
  for (const { inputs } of seen) {
    for (const source of inputs) if (source.from === 'wire') seen.add(checked.nodes[source.node]);
  }
  seen.delete(node);
  return [...seen];
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
