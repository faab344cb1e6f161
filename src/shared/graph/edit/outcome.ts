/** What an operation came to. */
export type Outcome<T = unknown> = Done<T> | Refusal;

/** `said`: one sentence about what happened, for a live region. */
export type Done<T = unknown> = { readonly ok: true; readonly said: string } & T;

/** The graph is as it was. `reason`: one sentence that says why and what to do. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
}

export function noSuchNode(id: string): Refusal {
  return { ok: false, reason: `The graph has no node "${id}": choose one that it has.` };
}
