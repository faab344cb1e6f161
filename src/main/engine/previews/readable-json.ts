import { describePinType } from '../../../shared/types/pin-type-text.ts';
import { typeOfValue } from '../../../shared/types/value-check.ts';

/**
 * A value as JSON to read, cut after `limit` characters: the work, and the depth, are bounded by them, so neither a large
 * value nor one that contains itself does harm. What is no JSON is there by its type, `<float32[1,3]>`.
 */
export function readableJson(value: unknown, limit: number): { readonly text: string; readonly complete: boolean } {
  const writer = new Writer(limit);
  writer.write(value, '');
  return { text: writer.text.slice(0, limit), complete: writer.text.length <= limit };
}

class Writer {
  text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(value: unknown, indent: string): void {
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, this.#limit + 1));
    else if (value === null || typeof value === 'number' || typeof value === 'boolean') this.text += String(value);
    else if (Array.isArray(value)) this.#writeArray(value, indent);
    else if (isRecord(value)) this.#writeRecord(value, indent);
    else this.text += `<${describePinType(typeOfValue(value))}>`;
  }

  get #isFull(): boolean {
    return this.text.length > this.#limit;
  }

  #writeArray(array: readonly unknown[], indent: string): void {
    this.text += '[';
    for (let k = 0; k < array.length && !this.#isFull; k++) {
      if (k > 0) this.text += ', ';
      this.write(array[k], indent);
    }
    this.text += ']';
  }

  #writeRecord(record: Readonly<Record<string, unknown>>, indent: string): void {
    this.text += '{';
    let first = true;
    const inner = `${indent}  `;
    for (const key in record) {
      if (this.#isFull) break;
      this.text += `${first ? '' : ','}\n${inner}${JSON.stringify(key)}: `;
      this.write(record[key], inner);
      first = false;
    }
    this.text += first ? '}' : `\n${indent}}`;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
