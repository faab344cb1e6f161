import type { GraphNode } from '../document.ts';
import { mergeKeys, withKeys } from './merge-keys.ts';
import { renamedEnd } from './pin-end.ts';

/** The node after others have got new ids: its viewer follows the pin that it shows beside its own picture. */
export function withRenamedBeside(node: GraphNode, ids: ReadonlyMap<string, string>): GraphNode {
  const before = node.ui?.beside;
  const beside = before === undefined ? undefined : renamedEnd(before, ids);
  return beside === before ? node : withKeys(node, { ui: mergeKeys(node.ui, { beside }) });
}
