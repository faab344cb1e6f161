import type { Tensor } from 'weft';

/** Tensors by the names that a model's signature gives them. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** Type of the pins that carry them. */
export const TENSORS = { kind: 'custom', name: 'tensors' } as const;
