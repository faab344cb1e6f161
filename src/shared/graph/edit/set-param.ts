import type { JsonValue } from '../../node-api/pins.ts';
import type { GraphNode } from '../document.ts';
import { interfaceName, isGraphInput, isGraphOutput } from '../interface.ts';
import type { BodyDraft } from './graph-draft.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import { noSuchNode, type Outcome } from './outcome.ts';
import { renameGraphPin } from './rename-graph-pin.ts';

/**
 * Sets the literal of an input pin; undefined removes it, so that the pin's default holds again. A value out of range is
 * set too, and the check says so. With the name of a graph's input or output, wires to nodes that are that graph follow.
 */
export function setParam(draft: BodyDraft, id: string, pin: string, value: JsonValue | undefined): Outcome {
  const node = draft.node(id);
  if (node === undefined) return noSuchNode(id);
  draft.updateNode(id, (before) => withKeys(before, { params: mergeKeys(before.params, { [pin]: value }) }));
  if (pin === 'name' && draft.name !== null) renamePin(draft, draft.name, node);
  const said = value === undefined ? `Cleared "${pin}" of ${id}.` : `Set "${pin}" of ${id} to ${shortened(value)}.`;
  return { ok: true, said };
}

function renamePin(draft: BodyDraft, graph: string, before: GraphNode): void {
  const kind = isGraphInput(before) ? 'input' : isGraphOutput(before) ? 'output' : null;
  const after = draft.node(before.id);
  const from = interfaceName(before);
  const to = after && interfaceName(after);
  if (kind !== null && from !== undefined && to !== undefined) renameGraphPin(draft.document, graph, kind, from, to);
}

function shortened(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= SAID_LENGTH ? text : `${text.slice(0, SAID_LENGTH)}…`;
}

/** Characters of a value that a live region reads out. */
const SAID_LENGTH = 40;
