import type { GraphBody, Point } from '../document.ts';
import { type Box, boxOfNode, boxOfNote, type NodeSizes } from './boxes.ts';
import { keyOf } from './element-key.ts';
import type { Selection } from './selection.ts';

/** The selection and what lies in its frames: nodes and notes whose centre does, and frames that lie in them whole. */
export function withFrameContents(body: GraphBody, selection: Selection, sizes: NodeSizes): Selection {
  const frames = (body.frames ?? []).filter((frame) => selection.frames.has(keyOf(frame)));
  if (frames.length === 0) return selection;
  const isInside = (box: Box) => frames.some((frame) => holds(frame, centreOf(box)));
  const nodes = body.nodes.filter((node) => isInside(boxOfNode(node, sizes)));
  const notes = (body.notes ?? []).filter((note) => isInside(boxOfNote(note)));
  const inner = (body.frames ?? []).filter(({ at, size }) => {
    return frames.some((frame) => holds(frame, at) && holds(frame, [at[0] + size[0], at[1] + size[1]]));
  });
  return {
    ...selection,
    nodes: selection.nodes.union(new Set(nodes.map(({ id }) => id))),
    notes: selection.notes.union(new Set(notes.map(keyOf))),
    frames: selection.frames.union(new Set(inner.map(keyOf))),
  };
}

function centreOf({ at, size }: Box): Point {
  return [at[0] + size[0] / 2, at[1] + size[1] / 2];
}

function holds({ at, size }: Box, point: Point): boolean {
  return ([0, 1] as const).every((axis) => point[axis] >= at[axis] && point[axis] <= at[axis] + size[axis]);
}
