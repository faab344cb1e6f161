import type { CheckedGraph, CheckedNode } from '../../shared/graph/checked-graph.ts';
import { setParam } from '../../shared/graph/edit/set-param.ts';
import { announce } from '../announce/announce.ts';
import type { GraphState, OpenGraph } from '../state/graph-store.ts';
import type { WrittenFile } from '../state/run-state.ts';

/** What switches recordings of a graph on and off: an input of the graph, or a node's own literal. */
export type RecordSwitch =
  | { readonly kind: 'input'; readonly name: string; readonly isOn: boolean }
  | { readonly kind: 'literal'; readonly node: string; readonly isOn: boolean };

/** Those that a person can use; a recording that other values of the graph switch is the graph's own affair. */
export function recordSwitches({ checked, inputs }: Pick<GraphState, 'checked' | 'inputs'>): readonly RecordSwitch[] {
  const found = new Map<string, RecordSwitch>();
  for (const node of checked.nodes) {
    if (node.signature.type !== RECORD_NODE) continue;
    const one = switchOf(node, checked, inputs);
    if (one !== null) found.set(one.kind === 'input' ? `input ${one.name}` : one.node, one);
  }
  return [...found.values()];
}

/** Ends all recordings where one is on, else begins them. */
export function toggleRecording(graph: OpenGraph): void {
  const on = !isRecordingOn(graph);
  switchRecordings(graph, on);
  announce(on ? 'Recording.' : 'Recording stopped.');
}

export function isRecordingOn({ store }: OpenGraph): boolean {
  return recordSwitches(store.getState()).some(({ isOn }) => isOn);
}

export function switchRecordings({ store, editor }: OpenGraph, on: boolean): void {
  for (const one of recordSwitches(store.getState())) {
    if (one.isOn === on) continue;
    if (one.kind === 'input') store.setState(({ inputs }) => ({ inputs: { ...inputs, [one.name]: on } }));
    else editor.edit(`Set ${ON}`, (draft) => setParam(draft.body(null), one.node, ON, on));
  }
}

/** The recording under way that was begun first; null when there is none. */
export function recordingOf({ run, checked }: Pick<GraphState, 'run' | 'checked'>): WrittenFile | null {
  const isRecorder = ({ node }: WrittenFile) =>
    checked.nodes.some(({ id, signature }) => id === node && signature.type === RECORD_NODE);
  return run.files.find((file) => !file.isComplete && isRecorder(file)) ?? null;
}

const RECORD_NODE = 'video/record';
const ON = 'on';

function switchOf(
  { id, signature, inputs: sources }: CheckedNode,
  { nodes, inputs }: CheckedGraph,
  set: GraphState['inputs'],
): RecordSwitch | null {
  const source = sources[signature.inputs.findIndex(({ name }) => name === ON)];
  if (source?.from === 'wire') {
    const input = inputs.find(({ node }) => nodes[node] === nodes[source.node]);
    return input === undefined
      ? null
      : { kind: 'input', name: input.name, isOn: (set[input.name] ?? input.default) === true };
  }
  // A node inside of a graph used as a node has no literal of its own: its uses share one.
  if (source?.from !== 'literal' || id.includes('/')) return null;
  return { kind: 'literal', node: id, isOn: source.value === true };
}
