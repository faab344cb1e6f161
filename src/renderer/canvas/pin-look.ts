import type { PinType } from '../../shared/types/pin-type.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';

/** What a pin's form says, so that colour is never the only sign. */
export type PinForm = 'circle' | 'diamond' | 'square' | 'triangle';

/** @param isItem whether the pin holds the items of a stream */
export function formOf(type: PinType, isItem: boolean): PinForm {
  if (type.kind === 'list' || type.kind === 'table') return 'square';
  return isItem ? 'diamond' : 'circle';
}

/** The colour of a type, as the theme has it. A list has that of its elements. */
export function colourOf(type: PinType): string {
  return type.kind === 'list' && type.of.kind !== 'any' ? colourOf(type.of) : `var(--pin-${type.kind})`;
}

/** What is written beside a pin's label: its type, without the part that the label says already. */
export function typeBeside(label: string, type: PinType): string {
  if (type.kind === 'any') return '';
  if (type.kind === 'enum') return 'choice';
  const text = describePinType(type);
  if (text === label) return '';
  return text.startsWith(`${label} `) ? text.slice(label.length + 1) : text;
}
