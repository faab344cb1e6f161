import type { JsonValue } from '../../node-api/pins.ts';
import { interfaceName, isGraphInput } from '../interface.ts';
import type { BodyDraft } from './graph-draft.ts';
import type { Outcome } from './outcome.ts';
import { setParam } from './set-param.ts';

/** Sets the default of one of a graph's inputs; undefined removes it, so that the input must be set for a run. */
export function setGraphInput(draft: BodyDraft, name: string, value: JsonValue | undefined): Outcome {
  const node = draft.body.nodes.find((candidate) => isGraphInput(candidate) && interfaceName(candidate) === name);
  if (node === undefined) return { ok: false, reason: `The graph has no input "${name}": choose one that it has.` };
  return setParam(draft, node.id, 'default', value);
}
