import type { JsonValue } from '../../shared/node-api/pins.ts';

/** What all fields for a value share, whatever they stand for: a pin, an input of the graph, a part of a policy. */
export interface FieldProps {
  /** Name for assistive technology. */
  readonly label: string;
  /** The value that counts now; undefined where there is none. */
  readonly value: JsonValue | undefined;
  /** Nobody set it: it is the default, and shown dimmed. */
  readonly isDefault: boolean;
  /** `compact` in a node, one row of 24 px; `full` in the inspector. */
  readonly size: 'compact' | 'full';
  /** A control only from when the pointer or the focus comes to it: see `useRest`. */
  readonly rests?: boolean;
  /** A value that is right in form. */
  edit(change: FieldChange): void;
}

export type FieldChange =
  /** `goesOn`: part of a drag, which is one step of history and ends with a change that does not go on. */
  | { readonly kind: 'set'; readonly value: JsonValue; readonly goesOn: boolean }
  /** The drag is given up: back to the value before it. */
  | { readonly kind: 'abandon' };

/** The box of a field. React Flow must not drag a node by it. */
export const FIELD_BOX =
  'nodrag nopan relative flex min-w-0 items-center rounded-control border border-line bg-inset hover:border-line-strong';
export const FIELD_TEXT = 'h-full min-w-0 flex-1 rounded-control bg-transparent px-1.5 text-xs';
