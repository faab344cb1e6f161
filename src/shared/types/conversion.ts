import type { Frame } from '../node-api/frame.ts';
import type { Conversion } from './assignability.ts';

/** Does the work of a wire for a value of the type that the conversion is for. */
export function convert(value: unknown, conversion: Conversion): unknown {
  switch (conversion) {
    case 'frame-to-image':
      return (value as Frame).image();
    case 'wrap-in-list':
      return [value];
    case 'to-string':
      return String(value);
  }
}
