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
export function toggleRecording({ store, editor }: OpenGraph): void {
  const switches = recordSwitches(store.getState());
  const on = !switches.some(({ isOn }) => isOn);
  for (const one of switches) {
    if (one.kind === 'input') setInput(store, one.name, on);
    else editor.edit(`Set ${ON}`, (draft) => setParam(draft.body(null), one.node, ON, on));
  }
  announce(on ? 'Recording.' : 'Recording stopped.');
}

/** Names of the inputs that switch a recording on. */
export function recordingInputs({ store }: OpenGraph): readonly string[] {
  return recordSwitches(store.getState()).flatMap((one) => (one.kind === 'input' && one.isOn ? [one.name] : []));
}

/**
 * Switches off the inputs that were switched on since there were only those of `before`, so that the next run does not
 * record unasked. Literals stay: they are the document's, which no run changes.
 */
export function switchOffSince(graph: OpenGraph, before: readonly string[]): void {
  for (const name of recordingInputs(graph)) if (!before.includes(name)) setInput(graph.store, name, false);
}

/** The recording under way that was begun first; null when there is none. */
export function recordingOf({ run, checked }: Pick<GraphState, 'run' | 'checked'>): WrittenFile | null {
  const isRecorder = ({ node }: WrittenFile) =>
    checked.nodes.some(({ id, signature }) => id === node && signature.type === RECORD_NODE);
  return run.files.find((file) => !file.isComplete && isRecorder(file)) ?? null;
}

const RECORD_NODE = 'video/record';
const ON = 'on';

function setInput(store: OpenGraph['store'], name: string, on: boolean): void {
  store.setState(({ inputs }) => ({ inputs: { ...inputs, [name]: on } }));
}

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
