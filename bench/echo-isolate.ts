/** An isolate that runs no model: whatever it is asked to run, it answers with the last element of its input. */
import type { Reply, Request } from '../src/main/isolates/inference/messages.ts';
import { serveEngine } from '../src/main/isolates/serve-engine.ts';
import { type MappedMemory, openSegment } from '../src/main/store/segment.ts';
import { elementCount } from '../src/shared/node-api/tensor.ts';

const segments = new Map<number, MappedMemory>();

await serveEngine(async (message) => {
  const request = message as Request;
  if (request.ask === 'run') return lastElement(request);
  return { reply: { did: 'loaded' } satisfies Reply };
});

function lastElement({ segments: addresses, inputs: [input] }: Extract<Request, { ask: 'run' }>) {
  for (const { id, location } of addresses) segments.set(id, openSegment(location));
  const memory = input.in === 'arena' ? segments.get(input.segment) : undefined;
  if (input.in !== 'arena' || memory === undefined) throw new Error('The tensor did not come in the arena.');
  const count = elementCount(input.shape);
  const elements = new Float32Array(memory.buffer, memory.start + input.offset, count);
  const reply: Reply = {
    did: 'ran',
    outputs: [{ in: 'payload', name: 'last', dtype: 'float32', shape: [1], offset: 0 }],
  };
  return { reply, payload: [new Uint8Array(Float32Array.of(elements[count - 1]).buffer)] };
}
