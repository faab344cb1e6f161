import { useCallback } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PinEnd } from '../../shared/graph/edit/pin-end.ts';
import type { PinTypes } from '../../shared/graph/edit/pin-types.ts';

/** A wire that is being drawn from a pin, by mouse or keyboard. */
export interface WireDrag {
  readonly from: PinEnd & { readonly kind: 'input' | 'output' };
  readonly types: PinTypes;
  /** Key of the wire whose end was pulled off its input; null for a wire that is new. */
  readonly pulled: string | null;
}

/** What a pin says to the wire that is being drawn. */
export interface PinVerdict {
  readonly state: 'source' | 'accepts' | 'refuses';
  /** One sentence, where it refuses. */
  readonly reason: string | null;
}

export const wireDrag = createStore<{ readonly drag: WireDrag | null }>(() => ({ drag: null }));

/** Null while no wire is drawn. */
export function useWireVerdict(node: string, side: 'input' | 'output', pin: string): PinVerdict | null {
  return useStore(
    wireDrag,
    useCallback(({ drag }) => (drag === null ? null : verdictOf(drag, node, side, pin)), [node, side, pin]),
  );
}

/** Worked out once for each pin and drag. */
const VERDICTS = new WeakMap<WireDrag, Map<string, PinVerdict>>();

export function verdictOf(drag: WireDrag, node: string, side: 'input' | 'output', pin: string): PinVerdict {
  const known = VERDICTS.get(drag) ?? new Map<string, PinVerdict>();
  VERDICTS.set(drag, known);
  const key = `${node} ${side} ${pin}`;
  let verdict = known.get(key);
  if (verdict === undefined) {
    verdict = judge(drag, { node, pin }, side);
    known.set(key, verdict);
  }
  return verdict;
}

function judge({ from, types }: WireDrag, end: PinEnd, side: 'input' | 'output'): PinVerdict {
  if (side === from.kind) {
    if (end.node === from.node && end.pin === from.pin) return { state: 'source', reason: null };
    const reason =
      side === 'output'
        ? 'An output goes to an input: choose an input.'
        : 'An input gets its value from an output: choose an output.';
    return { state: 'refuses', reason };
  }
  const outcome = from.kind === 'output' ? types.verdict(from, end) : types.verdict(end, from);
  return outcome.ok ? { state: 'accepts', reason: null } : { state: 'refuses', reason: outcome.reason };
}
