import type { Point } from '../../shared/graph/document.ts';
import { addNode } from '../../shared/graph/edit/add-node.ts';
import { addWiredNode, type DraggedPin } from '../../shared/graph/edit/add-wired-node.ts';
import { insertOnWire } from '../../shared/graph/edit/insert-on-wire.ts';
import type { JsonValue } from '../../shared/node-api/pins.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { NO_SELECTION } from '../state/selection.ts';
import { editBody } from './edit-body.ts';
import { focusNode } from './focus-node.ts';
import { installedTypes } from './installed-types.ts';
import { rememberType } from './recent-types.ts';

interface NewNode {
  /** `category/name@version`, or `graph/NAME`. */
  readonly type: string;
  readonly at: Point;
  readonly params?: Readonly<Record<string, JsonValue>>;
  /** The pin that the node is wired to. */
  readonly pin?: DraggedPin | null;
  /** Key of the wire that it is spliced into, where the types allow it. */
  readonly wire?: string | null;
}

/** Adds a node, selects it and gives it the focus. */
export function insertNode(open: OpenGraph, { type, at, params, pin = null, wire = null }: NewNode): string | null {
  const outcome = editBody(open, `Add ${type.split('@')[0]}`, (draft) => {
    if (pin !== null) return addWiredNode(draft, installedTypes, type, at, pin);
    const added = addNode(draft, type, at, params);
    if (wire === null || !added.ok) return added;
    const spliced = insertOnWire(draft, installedTypes, wire, added.id);
    return spliced.ok ? { ...added, said: `${added.said} ${spliced.said}` } : added;
  });
  if (!outcome.ok) return null;
  rememberType(type);
  open.store.setState({ selection: { ...NO_SELECTION, nodes: new Set([outcome.id]) } });
  focusNode(outcome.id);
  return outcome.id;
}
