import { inspectValue, type Memory } from './inspect-value.ts';

const WINDOWS = 64;
const WINDOW_BYTES = 64;

/**
 * Samples the memory of a node's inputs. The function it gives names a pin whose memory has changed since, or null: a
 * node must not write into its inputs, which others may be reading. A check for development, not a proof: at most 64
 * windows of 64 bytes of each array are compared.
 */
export function guardInputs(inputs: Readonly<Record<string, unknown>>): () => string | null {
  const before = Object.entries(inputs).map(([pin, value]) => ({ pin, value, checksum: checksumOf(value) }));
  return () => before.find(({ value, checksum }) => checksumOf(value) !== checksum)?.pin ?? null;
}

function checksumOf(value: unknown): number {
  let checksum = FNV_OFFSET;
  inspectValue(value, {
    memory: (memory) => {
      checksum = addSample(checksum, memory);
    },
    text: () => {},
    disposable: () => {},
    opaque: () => {},
  });
  return checksum;
}

// FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function addSample(checksum: number, memory: Memory): number {
  const bytes = ArrayBuffer.isView(memory)
    ? new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength)
    : new Uint8Array(memory);
  let hash = checksum;
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], FNV_PRIME);
  };
  if (bytes.length <= WINDOWS * WINDOW_BYTES) {
    add(0, bytes.length);
    return hash;
  }
  const step = (bytes.length - WINDOW_BYTES) / (WINDOWS - 1);
  for (let window = 0; window < WINDOWS; window++) {
    const from = Math.floor(window * step);
    add(from, from + WINDOW_BYTES);
  }
  return hash;
}
