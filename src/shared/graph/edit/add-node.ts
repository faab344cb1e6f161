import type { JsonValue } from '../../node-api/pins.ts';
import type { Point } from '../document.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { uniqueId } from './unique-id.ts';
import { refuseRecursion } from './used-graphs.ts';
import { wholePoint } from './whole-point.ts';

/**
 * Adds a node of a type, `category/name@version` or `graph/NAME`, with an id made from the type's name. Refused for a
 * graph that would then contain itself.
 */
export function addNode(
  draft: BodyDraft,
  type: string,
  at: Point,
  params?: Readonly<Record<string, JsonValue>>,
): Outcome<{ readonly id: string }> {
  return draft.document.attempt(() => {
    const taken = new Set(draft.body.nodes.map(({ id }) => id));
    const id = uniqueId(nameOf(type), (candidate) => taken.has(candidate));
    draft.append('nodes', [{ id, type, ...(params === undefined ? {} : { params }), ui: { at: wholePoint(at) } }]);
    return refuseRecursion(draft) ?? { ok: true, id, said: `Added ${id}.` };
  });
}

/** `letterbox` of `image/letterbox@1`. */
function nameOf(type: string): string {
  return type.slice(type.indexOf('/') + 1).split('@')[0];
}
