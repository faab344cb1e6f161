import type { Point } from '../../../../src/shared/graph/document.ts';
import { addAfter } from '../../../../src/shared/graph/edit/add-after.ts';
import { addNode } from '../../../../src/shared/graph/edit/add-node.ts';
import { addWiredNode } from '../../../../src/shared/graph/edit/add-wired-node.ts';
import { align } from '../../../../src/shared/graph/edit/align.ts';
import { bypassNodes } from '../../../../src/shared/graph/edit/bypass-nodes.ts';
import { collapse } from '../../../../src/shared/graph/edit/collapse.ts';
import { connect } from '../../../../src/shared/graph/edit/connect.ts';
import { copyText } from '../../../../src/shared/graph/edit/copy.ts';
import { cutWires } from '../../../../src/shared/graph/edit/cut-wires.ts';
import { deleteAndReconnect } from '../../../../src/shared/graph/edit/delete-and-reconnect.ts';
import { deleteSelection } from '../../../../src/shared/graph/edit/delete-selection.ts';
import { disconnect } from '../../../../src/shared/graph/edit/disconnect.ts';
import { disconnectPin } from '../../../../src/shared/graph/edit/disconnect-pin.ts';
import { distribute } from '../../../../src/shared/graph/edit/distribute.ts';
import { duplicate } from '../../../../src/shared/graph/edit/duplicate.ts';
import { keyOf } from '../../../../src/shared/graph/edit/element-key.ts';
import { withFrameContents } from '../../../../src/shared/graph/edit/frame-contents.ts';
import { addFrame, changeFrame } from '../../../../src/shared/graph/edit/frames.ts';
import type { BodyDraft } from '../../../../src/shared/graph/edit/graph-draft.ts';
import { insertOnWire } from '../../../../src/shared/graph/edit/insert-on-wire.ts';
import { lock } from '../../../../src/shared/graph/edit/lock.ts';
import { makeGraph } from '../../../../src/shared/graph/edit/make-graph.ts';
import { move } from '../../../../src/shared/graph/edit/move.ts';
import { moveWireEnd } from '../../../../src/shared/graph/edit/move-wire-end.ts';
import { addNote, changeNote } from '../../../../src/shared/graph/edit/notes.ts';
import { paste } from '../../../../src/shared/graph/edit/paste.ts';
import { endOf } from '../../../../src/shared/graph/edit/pin-end.ts';
import { place } from '../../../../src/shared/graph/edit/places.ts';
import { removeGraph } from '../../../../src/shared/graph/edit/remove-graph.ts';
import { rename } from '../../../../src/shared/graph/edit/rename.ts';
import { renameId } from '../../../../src/shared/graph/edit/rename-id.ts';
import { addReroute, moveReroute, removeReroute } from '../../../../src/shared/graph/edit/reroute.ts';
import { resizeNode } from '../../../../src/shared/graph/edit/resize-node.ts';
import type { Selection } from '../../../../src/shared/graph/edit/selection.ts';
import { setBeside } from '../../../../src/shared/graph/edit/set-beside.ts';
import { setGraphInput } from '../../../../src/shared/graph/edit/set-graph-input.ts';
import { setParam } from '../../../../src/shared/graph/edit/set-param.ts';
import { setPolicy } from '../../../../src/shared/graph/edit/set-policy.ts';
import { setViewer } from '../../../../src/shared/graph/edit/set-viewer.ts';
import { snap } from '../../../../src/shared/graph/edit/snap.ts';
import { unpackGraph } from '../../../../src/shared/graph/edit/unpack-graph.ts';
import { CATALOGUE } from '../fixtures/nodes.ts';
import { types } from './editing.ts';

/** A source of numbers that the same seed gives again: `pick(n)` is a whole number from 0, below n. */
export type Pick = (below: number) => number;

/** Every operation there is, each on parts of the graph that `pick` chooses, which may well not be there. */
export const OPERATIONS: Readonly<Record<string, (draft: BodyDraft, pick: Pick) => unknown>> = {
  addAfter: (draft, pick) => addAfter(draft, node(draft, pick), node(draft, pick)),
  addNode: (draft, pick) => addNode(draft, type(draft, pick), point(pick), pick(2) === 0 ? undefined : { a: pick(9) }),
  addInterface: (draft, pick) => {
    const params = { name: `pin${pick(3)}`, ...(pick(2) === 0 ? {} : { default: pick(5) }) };
    return addNode(draft, ['io/input@1', 'io/output@1'][pick(2)], point(pick), params);
  },
  addWiredNode: (draft, pick) => {
    const kind = (['input', 'output'] as const)[pick(2)];
    return addWiredNode(draft, types, type(draft, pick), point(pick), { ...pin(draft, pick, kind), kind });
  },
  align: (draft, pick) => {
    const alignment = (['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const)[pick(6)];
    return align(draft, selection(draft, pick), alignment, sizes);
  },
  bypassNodes: (draft, pick) => bypassNodes(draft, types, nodes(draft, pick), pick(3) > 0),
  collapse: (draft, pick) => collapse(draft, nodes(draft, pick), pick(3) > 0),
  connect: (draft, pick) => connect(draft, types, pin(draft, pick, 'output'), pin(draft, pick, 'input')),
  copyAndPaste: (draft, pick) => {
    const copied = copyText(draft.document.graph, draft.name, selection(draft, pick));
    return copied.ok && paste(draft, copied.text, point(pick));
  },
  cutWires: (draft, pick) => {
    const path: Point[] = [point(pick), point(pick), point(pick)];
    return cutWires(draft, [point(pick), point(pick)], new Map([[wire(draft, pick), path]]));
  },
  deleteAndReconnect: (draft, pick) => deleteAndReconnect(draft, types, new Set([node(draft, pick)])),
  deleteSelection: (draft, pick) => deleteSelection(draft, selection(draft, pick)),
  describe: (draft, pick) =>
    draft.set(pick(2) === 0 ? 'name' : 'description', pick(3) === 0 ? undefined : `${pick(9)}`),
  disconnect: (draft, pick) => disconnect(draft, new Set([wire(draft, pick)])),
  disconnectPin: (draft, pick) => {
    const { from, to } = draft.list('wires')[pick(draft.list('wires').length)] ?? { from: 'a.a', to: 'a.a' };
    const kind = (['input', 'output'] as const)[pick(2)];
    return disconnectPin(draft, { ...(endOf(kind === 'input' ? to : from) ?? { node: 'a', pin: 'a' }), kind });
  },
  distribute: (draft, pick) => {
    return distribute(draft, selection(draft, pick), (['horizontally', 'vertically'] as const)[pick(2)], sizes);
  },
  duplicate: (draft, pick) => duplicate(draft, selection(draft, pick), point(pick), pick(2) === 0),
  addFrame: (draft, pick) => addFrame(draft, selection(draft, pick), sizes, 'Frame'),
  changeFrame: (draft, pick) => {
    const changes = [{ colour: '#ff0000' }, { title: undefined }, { at: point(pick), size: point(pick) }][pick(3)];
    return changeFrame(draft, keys(draft, 'frames', pick)[0] ?? '', changes);
  },
  insertOnWire: (draft, pick) => insertOnWire(draft, types, wire(draft, pick), node(draft, pick)),
  lock: (draft, pick) => lock(draft, nodes(draft, pick), pick(3) === 0),
  makeGraph: (draft, pick) => makeGraph(draft, types, selection(draft, pick), 'Part', sizes),
  move: (draft, pick) => move(draft, withFrameContents(draft.body, selection(draft, pick), sizes), point(pick)),
  moveWireEnd: (draft, pick) => moveWireEnd(draft, types, wire(draft, pick), pin(draft, pick, 'input')),
  addNote: (draft, pick) => addNote(draft, point(pick), `Note ${pick(9)}`),
  changeNote: (draft, pick) =>
    changeNote(draft, keys(draft, 'notes', pick)[0] ?? '', { text: `${pick(9)}`, size: point(pick) }),
  place: (draft, pick) => place(draft, { nodes: new Map([...nodes(draft, pick)].map((id) => [id, point(pick)])) }),
  removeGraph: (draft, pick) => {
    const names = Object.keys(draft.document.graph.graphs ?? {}).filter((name) => name !== draft.name);
    return removeGraph(draft.document, names[pick(names.length)] ?? '');
  },
  rename: (draft, pick) => rename(draft, node(draft, pick), ['', 'Title', 'Other'][pick(3)]),
  renameId: (draft, pick) => renameId(draft, node(draft, pick), `id${pick(9)}`),
  addReroute: (draft, pick) => addReroute(draft, wire(draft, pick), pick(2), point(pick)),
  moveReroute: (draft, pick) => moveReroute(draft, wire(draft, pick), pick(2), point(pick)),
  removeReroute: (draft, pick) => removeReroute(draft, wire(draft, pick), pick(2)),
  resizeNode: (draft, pick) => {
    return resizeNode(draft, node(draft, pick), pick(3) === 0 ? null : { at: point(pick), size: point(pick) });
  },
  setGraphInput: (draft, pick) => setGraphInput(draft, `pin${pick(3)}`, pick(2) === 0 ? undefined : pick(9)),
  setParam: (draft, pick) => {
    const value = [undefined, pick(99), 'text', { deep: [pick(9), { '': null }] }][pick(4)];
    return setParam(draft, node(draft, pick), ['a', 'width', 'name', 'unknown'][pick(4)], value);
  },
  setPolicy: (draft, pick) => {
    return setPolicy(
      draft,
      nodes(draft, pick),
      [{ attempts: 1 + pick(12) }, { wait: pick(3) }, { wait: undefined }][pick(3)],
    );
  },
  setBeside: (draft, pick) => {
    return setBeside(draft, node(draft, pick), pick(3) === 0 ? undefined : `${node(draft, pick)}.image`);
  },
  setViewer: (draft, pick) => setViewer(draft, nodes(draft, pick), [true, false, 'image', undefined][pick(4)]),
  snap: (draft, pick) => snap(draft, selection(draft, pick), 7),
  unpackGraph: (draft, pick) => unpackGraph(draft, types, node(draft, pick)),
};

const sizes = (id: string): Point => [100 + id.length, 40];

function point(pick: Pick): Point {
  return [pick(1000) - 500, pick(1000) - 500];
}

function node({ body }: BodyDraft, pick: Pick): string {
  return body.nodes[pick(body.nodes.length)]?.id ?? 'gone';
}

function nodes({ body }: BodyDraft, pick: Pick): ReadonlySet<string> {
  return new Set(body.nodes.flatMap(({ id }) => (pick(3) === 0 ? [id] : [])));
}

function keys(draft: BodyDraft, list: 'wires' | 'frames' | 'notes', pick: Pick): string[] {
  return draft.list(list).flatMap((element) => (pick(3) === 0 ? [keyOf(element)] : []));
}

function wire(draft: BodyDraft, pick: Pick): string {
  const wires = draft.list('wires');
  return wires.length === 0 ? 'gone' : keyOf(wires[pick(wires.length)]);
}

function selection(draft: BodyDraft, pick: Pick): Selection {
  return {
    nodes: nodes(draft, pick),
    wires: new Set(keys(draft, 'wires', pick)),
    frames: new Set(keys(draft, 'frames', pick)),
    notes: new Set(keys(draft, 'notes', pick)),
  };
}

function type({ document }: BodyDraft, pick: Pick): string {
  const all = [
    ...CATALOGUE.keys(),
    ...Object.keys(document.graph.graphs ?? {}).map((name) => `graph/${name}`),
    'gone/gone@1',
  ];
  return all[pick(all.length)];
}

function pin(draft: BodyDraft, pick: Pick, kind: 'input' | 'output'): { node: string; pin: string } {
  const id = node(draft, pick);
  const signature = CATALOGUE.get(draft.node(id)?.type ?? '');
  const pins = (kind === 'input' ? signature?.inputs : signature?.outputs) ?? [];
  return { node: id, pin: pins[pick(pins.length)]?.name ?? 'gone' };
}
