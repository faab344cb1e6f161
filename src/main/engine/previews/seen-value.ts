import { Frame } from '../../../shared/node-api/frame.ts';
import type { SeenValue } from '../../../shared/protocol/preview.ts';
import type { PinType } from '../../../shared/types/pin-type.ts';
import { describePinType } from '../../../shared/types/pin-type-text.ts';
import { typeOfValue } from '../../../shared/types/value-check.ts';
import type { Hold } from '../../store/object-store.ts';

/** A value's type, narrowed by what it is, and its size. `planned` is the type of its pin. */
export function seenValue(value: unknown, hold: Hold | null, planned: PinType): SeenValue {
  const seen = typeOfValue(value);
  // A path is not just a string to people, nor a frame any object.
  const type = seen.kind === planned.kind || planned.kind === 'any' ? seen : planned;
  const size = value instanceof Frame ? ` ${value.width}×${value.height}` : '';
  return { type: describePinType(type) + size, bytes: hold?.bytes ?? scalarBytes(value) };
}

/** Bytes of a value that needs no holding. */
export function scalarBytes(value: unknown): number {
  return typeof value === 'string' ? value.length * 2 : 8;
}
