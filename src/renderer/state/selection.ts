/** What is selected in the body that is looked at; by the keys that the canvas gives its elements. */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
  /** Keys of wires and of `after` lines (`element-key.ts`). */
  readonly wires: ReadonlySet<string>;
  readonly frames: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

export const NO_SELECTION: Selection = { nodes: new Set(), wires: new Set(), frames: new Set(), notes: new Set() };
