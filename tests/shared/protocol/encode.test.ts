import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WeftError } from '../../../src/shared/node-api/weft-error.ts';
import { decode, encode } from '../../../src/shared/protocol/encode.ts';
import { MAX_MESSAGE_BYTES } from '../../../src/shared/protocol/envelope.ts';

describe('a value arrives as it was sent', () => {
  test.each([
    ['text beyond ASCII', 'träger 写真 🎥 \u2028'],
    ['numbers that JSON has no word for', [Number.NaN, Infinity, -Infinity, -0, 0, 1e-300]],
    ['nothing at all', null],
    [
      'an object with a key that means something to JavaScript',
      JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'),
    ],
    ['bytes', new Uint8Array([1, 2, 255])],
    ['an array that is empty', new Float64Array(0)],
    [
      'arrays of every kind',
      [new Float32Array([1.5, Number.NaN]), new Int32Array([-1]), new BigInt64Array([-(2n ** 60n)])],
    ],
    ['arrays deep inside', { a: [{ rgba: new Uint8ClampedArray([7]), name: 'x' }], b: { c: new Uint16Array([9, 8]) } }],
  ])('%s', (_, value) => {
    expect(decode(encode(value))).toStrictEqual(value);
  });

  test('whatever JSON value it is, with arrays anywhere in it', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array(),
      fc.float32Array(),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('any')), fc.dictionary(fc.string(), tie('any'))),
    })).any;
    // A dictionary of fast-check may have no prototype; what arrives is a plain object.
    fc.assert(
      fc.property(value, (sent) => {
        expect(decode(encode(sent))).toEqual(sent);
      }),
      { numRuns: 500 },
    );
  });

  test('a window of a larger buffer, and a Buffer, as the bytes that they show', () => {
    const whole = Uint8Array.from({ length: 100 }, (_, at) => at);
    expect(decode(encode(whole.subarray(33, 36)))).toEqual(new Uint8Array([33, 34, 35]));
    expect(decode(encode({ content: Buffer.from('weft') }))).toEqual({ content: new TextEncoder().encode('weft') });
  });

  test('what looks like the place of an array stays what it is', () => {
    const forged = { arrays: [[['value'], 'Uint8Array', 0, 4]], value: null };
    expect(decode(encode(forged))).toEqual(forged);
  });
});

test('arrays are views of the message, not copies', () => {
  const message = encode({ text: 'odd', picture: new Uint8Array(1000), numbers: new Float64Array(5) });
  const { picture, numbers } = decode(message) as { picture: Uint8Array; numbers: Float64Array };
  expect(picture.buffer).toBe(message.buffer);
  expect(numbers.buffer).toBe(message.buffer);
});

test('a message that lies askew in its buffer is read all the same', () => {
  const message = encode([new Float64Array([1, 2, 3])]);
  const askew = new Uint8Array(message.length + 3).subarray(3);
  askew.set(message);
  expect(decode(askew)).toEqual([new Float64Array([1, 2, 3])]);
});

test.each([
  ['a function', { f: () => 1 }],
  ['a Map', { m: new Map() }],
  ['a large integer', { n: 1n }],
  ['an object of a class', [new Date(0)]],
])('%s cannot be sent, and is not left out in silence', (_, value) => {
  expect(() => encode(value)).toThrow(TypeError);
});

test('a value that is nested too deep is refused where it is sent, for nobody could answer it', () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  expect(() => encode(deep)).toThrow(expect.objectContaining({ code: 'E_PROTOCOL' }));
});

test('a message that would be too large is refused before it is made', () => {
  expect(() => encode(new Uint8Array(MAX_MESSAGE_BYTES))).toThrow(/256/);
});

describe('bytes that are no message are refused', () => {
  const refused = (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      decode(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(WeftError);
      expect((error as WeftError).code).toBe('E_PROTOCOL');
    }
  };

  test.each([
    ['none', ''],
    ['a head without a value', '{}'],
    ['an unknown kind of array', '{"value":null,"arrays":[[[],"Function",0,1]]}'],
    ['an array beyond the end', '{"value":null,"arrays":[[[],"Uint8Array",0,100]]}'],
    ['an array before the beginning', '{"value":null,"arrays":[[[],"Uint8Array",-8,1]]}'],
    ['an array of a half element', '{"value":null,"arrays":[[[],"Float64Array",0,0.5]]}'],
    ['an array in place of something', '{"value":{"a":1},"arrays":[[["a"],"Uint8Array",0,0]]}'],
    ['an array at a path that is not there', '{"value":{},"arrays":[[["__proto__","x"],"Uint8Array",0,0]]}'],
    ['an unknown number', '{"value":null,"numbers":[[[],"constructor"]]}'],
    ['lists that are none', '{"value":null,"arrays":{"length":1}}'],
    ['endless nesting', `{"value":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('%s', (_, head) => {
    const json = new TextEncoder().encode(head);
    const message = new Uint8Array(4 + json.length);
    new DataView(message.buffer).setUint32(0, json.length, true);
    message.set(json, 4);
    expect(() => decode(message)).toThrow(expect.objectContaining({ code: 'E_PROTOCOL' }));
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => refused(new Uint8Array(bytes))),
      { numRuns: 2000 },
    );
  });

  test('a message with bytes changed, cut off or added', () => {
    const message = encode({ tell: 'call', ask: { rgba: new Uint8Array(50), more: [Number.NaN, { deep: 1 }] } });
    const change = fc.record({ at: fc.nat(message.length - 1), byte: fc.nat(255), length: fc.nat(message.length + 9) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = new Uint8Array(changes[0].length);
        bytes.set(message.subarray(0, bytes.length));
        for (const { at, byte } of changes) bytes[at] = byte;
        refused(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('no object gets a prototype from a message', () => {
    const head = '{"value":{"__proto__":null},"arrays":[[["__proto__"],"Uint8Array",0,0]]}';
    const json = new TextEncoder().encode(head);
    const message = new Uint8Array(4 + json.length + 8);
    new DataView(message.buffer).setUint32(0, json.length, true);
    message.set(json, 4);
    expect(Object.getPrototypeOf(decode(message))).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).length).toBeUndefined();
  });
});
