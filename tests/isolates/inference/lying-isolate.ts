/** An isolate that promises more bytes than it sends, then outputs that the model has not, then nonsense. */
import { serveEngine } from '../../../src/main/isolates/serve-engine.ts';

const sum = { in: 'payload', name: 'sum', dtype: 'float32', shape: [1000], offset: 0 };
const lies: object[] = [
  { did: 'ran', outputs: [sum] },
  { did: 'ran', outputs: [] },
  { did: 'ran', outputs: [{ ...sum, shape: [-1] }] },
];

await serveEngine(async (request) => {
  const { ask } = request as { ask: string };
  return { reply: ask === 'run' ? (lies.shift() ?? {}) : { did: 'loaded' }, payload: [new Uint8Array(16)] };
});
