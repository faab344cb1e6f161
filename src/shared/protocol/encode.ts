import { isDeeperThan } from '../graph/json-depth.ts';
import { WeftError } from '../node-api/weft-error.ts';
import { MAX_MESSAGE_BYTES } from './envelope.ts';
import { extract, isArrayName, MAX_DEPTH, malformed, type Payload, payloadAt, putPart, UNWRITABLE } from './payload.ts';

/**
 * A message is bytes: the length of its head (32 bits, little-endian), the head (JSON, UTF-8), and after it the elements
 * of typed arrays, each at a multiple of 8 so that the reader can use them where they lie. Elements are little-endian, as
 * on every machine that runs Weft. The head holds the value, with null in place of what JSON cannot say; that is listed
 * beside it by its path. A marker inside the value instead could be forged by a graph.
 */
interface Head {
  readonly value: unknown;
  /** `[path, class, first byte, elements]`; bytes count from the end of the head, aligned. */
  readonly arrays?: readonly (readonly unknown[])[];
  /** `[path, word]` */
  readonly numbers?: readonly (readonly unknown[])[];
}

const ALIGNMENT = 8;
const HEAD_START = 4;

/** @throws E_PROTOCOL for a value that is too large or too deep; TypeError for what cannot be sent. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const { payloads, numbers } = extract(value);
  let end = 0;
  const arrays = payloads.map(({ path, kind, array }) => {
    const at = end;
    end = aligned(end + array.byteLength);
    return [path, kind, at, array.length];
  });
  const head: Head = {
    value,
    ...(arrays.length === 0 ? {} : { arrays }),
    ...(numbers.length === 0 ? {} : { numbers: numbers.map(({ path, number }) => [path, number]) }),
  };
  const json = new TextEncoder().encode(JSON.stringify(head, withoutParts));
  const base = aligned(HEAD_START + json.length);
  const size = base + end;
  if (size > MAX_MESSAGE_BYTES) {
    const most = MAX_MESSAGE_BYTES / 2 ** 20;
    throw new WeftError(
      'E_PROTOCOL',
      `${Math.ceil(size / 2 ** 20)} MiB are more than the ${most} that a message holds.`,
    );
  }
  const message = new Uint8Array(size);
  new DataView(message.buffer).setUint32(0, json.length, true);
  message.set(json, HEAD_START);
  payloads.forEach(({ array }, k) => {
    message.set(bytesOf(array), base + (arrays[k][2] as number));
  });
  return message;
}

/**
 * The value of a message. Its arrays are views of the message.
 * @throws E_PROTOCOL for bytes that are no message, whatever they are.
 */
export function decode(message: Uint8Array<ArrayBuffer>): unknown {
  const { head, base } = readHead(message);
  let { value } = head;
  for (const [path, kind, at, length] of listed(head.arrays)) {
    if (!isArrayName(kind)) throw malformed('it holds an unknown kind of array');
    if (!isCount(at) || !isCount(length)) throw malformed('a payload has no place');
    const array = payloadAt(message, kind, base + at, length);
    value = putPart(value, path, array);
  }
  for (const [path, word] of listed(head.numbers)) {
    if (typeof word !== 'string' || !Object.hasOwn(UNWRITABLE, word)) throw malformed('it holds an unknown number');
    value = putPart(value, path, UNWRITABLE[word as keyof typeof UNWRITABLE]);
  }
  return value;
}

function readHead(message: Uint8Array<ArrayBuffer>): { head: Head; base: number } {
  if (message.length < HEAD_START) throw malformed('it is too short');
  const length = new DataView(message.buffer, message.byteOffset).getUint32(0, true);
  if (HEAD_START + length > message.length) throw malformed('it is cut off');
  let head: unknown;
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(message.subarray(HEAD_START, HEAD_START + length));
    head = JSON.parse(json);
  } catch {
    throw malformed('its head is no JSON');
  }
  if (typeof head !== 'object' || head === null || !('value' in head)) throw malformed('its head holds no value');
  if (isDeeperThan(head.value, MAX_DEPTH)) throw malformed(`it is nested deeper than ${MAX_DEPTH} levels`);
  return { head: head as Head, base: aligned(HEAD_START + length) };
}

function listed(parts: unknown): readonly (readonly unknown[])[] {
  if (parts === undefined) return [];
  if (!Array.isArray(parts) || !parts.every(Array.isArray)) throw malformed('its parts are no list');
  return parts;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** NaN and the infinities become null by themselves. */
function withoutParts(this: unknown, key: string, value: unknown): unknown {
  // `value` may be what a `toJSON` made of it: Node's Buffer has one.
  return Object.is(value, -0) || ArrayBuffer.isView((this as Record<string, unknown>)[key]) ? null : value;
}

function bytesOf({ buffer, byteOffset, byteLength }: Payload): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
