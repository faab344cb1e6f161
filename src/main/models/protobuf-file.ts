import { readSync } from 'node:fs';
import { PbfReader } from 'pbf';

/** A field of a protobuf message, by its place in the file: tag at `tag`, content from `start` up to `end`. */
export interface Field {
  readonly number: number;
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The bytes are no protobuf message, or one that ends too early. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

const WINDOW_BYTES = 65_536;
/** A tag takes at most 5 bytes, a length or a number at most 10. */
const LONGEST_HEADER_BYTES = 15;
const LENGTH_DELIMITED = 2;

/**
 * Walks the messages of a protobuf file of any size. Only what is asked for is read, so that gigabytes of weights are
 * stepped over. Reads are synchronous: they are few and small.
 */
export class ProtobufFile {
  readonly #descriptor: number;
  readonly #bytes: number;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;

  constructor(descriptor: number, bytes: number) {
    this.#descriptor = descriptor;
    this.#bytes = bytes;
  }

  /** The fields of the message that fills the file, or a field, in order. @throws ProtobufError */
  *fields(
    message: { readonly start: number; readonly end: number } = { start: 0, end: this.#bytes },
  ): Generator<Field> {
    for (let tag = message.start; tag < message.end; ) {
      const field = this.#fieldAt(tag, message.end);
      if (field.end > message.end) {
        throw new ProtobufError(`Field ${field.number} at byte ${tag} needs ${field.end} bytes of ${message.end}.`);
      }
      yield field;
      tag = field.end;
    }
  }

  /** Decodes one field with a reader for the fields of its message. @throws ProtobufError */
  decode<T>(field: Field, readField: (number: number, into: T, pbf: PbfReader) => void, into: T): void {
    const pbf = new PbfReader(this.#read(field.tag, field.end - field.tag));
    attempt(field.tag, () => pbf.readFields(readField, into));
    // pbf does not check that a message lies within the one around it; one that does not has moved past the end.
    if (pbf.pos !== pbf.length) throw new ProtobufError(`Field ${field.number} at byte ${field.tag} is damaged.`);
  }

  #fieldAt(tag: number, messageEnd: number): Field {
    const pbf = new PbfReader(this.#read(tag, Math.min(LONGEST_HEADER_BYTES, messageEnd - tag)));
    return attempt(tag, () => {
      const number = pbf.nextField();
      if (number === 0) throw new ProtobufError(`No field begins at byte ${tag}.`);
      if (pbf.type === LENGTH_DELIMITED) {
        const length = pbf.readVarint();
        return { number, tag, start: tag + pbf.pos, end: tag + pbf.pos + length };
      }
      const start = tag + pbf.pos;
      pbf.skip(pbf.type);
      return { number, tag, start, end: tag + pbf.pos };
    });
  }

  #read(position: number, length: number): Uint8Array {
    const offset = position - this.#windowStart;
    if (offset >= 0 && offset + length <= this.#window.length) return this.#window.subarray(offset, offset + length);
    this.#window = new Uint8Array(Math.min(Math.max(length, WINDOW_BYTES), this.#bytes - position));
    this.#windowStart = position;
    const read = readSync(this.#descriptor, this.#window, 0, this.#window.length, position);
    if (read < this.#window.length)
      throw new ProtobufError(`The file ended at byte ${position + read} while it was read.`);
    return this.#window.subarray(0, length);
  }
}

function attempt<T>(position: number, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ProtobufError) throw error;
    throw new ProtobufError(`Byte ${position} is not protobuf.`, { cause: error });
  }
}
