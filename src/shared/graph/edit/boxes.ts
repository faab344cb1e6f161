import type { Frame, GraphNode, Note, Point } from '../document.ts';
import { keyOf } from './element-key.ts';
import type { BodyDraft } from './graph-draft.ts';
import { type Places, placeOf } from './places.ts';
import type { Selection } from './selection.ts';

/** Width and height of nodes as they are drawn, by id: the content of a node decides them, which only the canvas knows. */
export type NodeSizes = (id: string) => Point;

/** A rectangle on the canvas, in canvas units. */
export interface Box {
  readonly at: Point;
  readonly size: Point;
}

/** What a selected part of a graph takes up on the canvas. */
export interface SelectedBox extends Box {
  readonly list: 'nodes' | 'frames' | 'notes';
  /** Id of a node, key of a frame or note. */
  readonly key: string;
}

/** Size of a note that has none of its own, in canvas units. */
export const NOTE_SIZE: Point = [240, 120];

/** The boxes of what is selected, locked nodes among them, which `place` leaves where they are. */
export function selectedBoxes(draft: BodyDraft, selection: Selection, sizes: NodeSizes): SelectedBox[] {
  const nodes = draft.body.nodes.filter(({ id }) => selection.nodes.has(id));
  const frames = draft.list('frames').filter((frame) => selection.frames.has(keyOf(frame)));
  const notes = draft.list('notes').filter((note) => selection.notes.has(keyOf(note)));
  return [
    ...nodes.map((node): SelectedBox => ({ list: 'nodes', key: node.id, ...boxOfNode(node, sizes) })),
    ...frames.map((frame): SelectedBox => ({ list: 'frames', key: keyOf(frame), ...boxOfFrame(frame) })),
    ...notes.map((note): SelectedBox => ({ list: 'notes', key: keyOf(note), ...boxOfNote(note) })),
  ];
}

export function boxOfNode(node: GraphNode, sizes: NodeSizes): Box {
  return { at: placeOf(node), size: sizes(node.id) };
}

export function boxOfNote({ at, size = NOTE_SIZE }: Note): Box {
  return { at, size };
}

function boxOfFrame({ at, size }: Frame): Box {
  return { at, size };
}

/** The places that boxes get by their new corners. */
export function placesOf(boxes: readonly SelectedBox[], cornerOf: (box: SelectedBox) => Point): Required<Places> {
  const places = { nodes: new Map<string, Point>(), frames: new Map<string, Point>(), notes: new Map<string, Point>() };
  for (const box of boxes) places[box.list].set(box.key, cornerOf(box));
  return places;
}

/** The smallest box around all of them; undefined for none. */
export function boundsOf(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { at, size } of boxes) {
    left = Math.min(left, at[0]);
    top = Math.min(top, at[1]);
    right = Math.max(right, at[0] + size[0]);
    bottom = Math.max(bottom, at[1] + size[1]);
  }
  return { at: [left, top], size: [right - left, bottom - top] };
}
