import { standInFor } from '../bypass.ts';
import type { Wire } from '../document.ts';
import { outputIndex } from '../pin-index.ts';
import { connect } from './connect.ts';
import { deleteSelection } from './delete-selection.ts';
import { explicitWires } from './explicit-wires.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { endOf, type PinEnd, textOfEnd } from './pin-end.ts';
import { type NodeTypes, PinTypes } from './pin-types.ts';
import { NOTHING_SELECTED } from './selection.ts';

/**
 * Deletes nodes and wires what they fed to what fed them, as if they were bypassed, wherever the types allow it. Locked
 * nodes stay.
 */
export function deleteAndReconnect(
  draft: BodyDraft,
  types: NodeTypes,
  ids: ReadonlySet<string>,
): Outcome<{ readonly reconnected: number }> {
  const pins = new PinTypes(draft.document.graph, draft.name, types);
  const wires = explicitWires(draft.body, (id) => pins.signature(id));
  const deleted = deleteSelection(draft, { ...NOTHING_SELECTED, nodes: ids });
  if (!deleted.ok) return deleted;
  const sources = new Map(wires.map(({ from, to }) => [to, endOf(from)]));
  const isGone = ({ node }: PinEnd) => draft.node(node) === undefined;
  let reconnected = 0;
  for (const [from, to] of cutOff(wires, isGone)) {
    const source = sourceBehind(from, sources, pins, isGone);
    if (source !== undefined && connect(draft, types, source, to).ok) reconnected++;
  }
  const said =
    reconnected === 0
      ? deleted.said
      : `${deleted.said} Reconnected ${reconnected === 1 ? 'a wire' : `${reconnected} wires`}.`;
  return { ok: true, reconnected, said };
}

/** Wires that lead from a node that is gone to one that is not. */
function cutOff(wires: readonly Wire[], isGone: (end: PinEnd) => boolean): [PinEnd, PinEnd][] {
  return wires.flatMap(({ from, to }): [PinEnd, PinEnd][] => {
    const source = endOf(from);
    const target = endOf(to);
    if (source === undefined || target === undefined) return [];
    return isGone(source) && !isGone(target) ? [[source, target]] : [];
  });
}

/** Follows an output through the nodes that are gone. A graph with mistakes may have a circle, which has no source. */
function sourceBehind(
  start: PinEnd,
  sources: ReadonlyMap<string, PinEnd | undefined>,
  pins: PinTypes,
  isGone: (end: PinEnd) => boolean,
): PinEnd | undefined {
  const seen = new Set<string>();
  let at: PinEnd | undefined = start;
  while (at !== undefined && isGone(at) && !seen.has(textOfEnd(at))) {
    seen.add(textOfEnd(at));
    at = standIn(at, sources, pins);
  }
  return at === undefined || isGone(at) ? undefined : at;
}

/** What the input that stands in for an output is wired to. */
function standIn(
  { node, pin }: PinEnd,
  sources: ReadonlyMap<string, PinEnd | undefined>,
  pins: PinTypes,
): PinEnd | undefined {
  const signature = pins.signature(node);
  const output = signature && outputIndex(signature, pin);
  if (signature === undefined || output === undefined) return undefined;
  const sourceOf = (input: number) => sources.get(textOfEnd({ node, pin: signature.inputs[input].name }));
  const input = standInFor(signature, output, (candidate) => sourceOf(candidate) !== undefined);
  return input === -1 ? undefined : sourceOf(input);
}
