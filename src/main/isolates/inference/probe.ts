import type { BackendName } from '../../../shared/node-api/backend.ts';
import { deviceOf } from './device.ts';
import type { Runtime } from './runtime.ts';
import type { Device } from './vulkan.ts';

/** An ONNX file, opset 13: `y` = `x` + `x`, float32[2]. */
const DOUBLING = 'CAc6NQoOCgF4CgF4EgF5IgNBZGQSAWdaDwoBeBIKCggIARIECgIIAmIPCgF5EgoKCAgBEgQKAggCQgIQDQ==';

/** Runs a small model on a backend. @throws Error when that fails, or the result is wrong */
export async function probe(backend: BackendName, runtime: Runtime, threads: number): Promise<Device> {
  const session = await runtime.open(Buffer.from(DOUBLING, 'base64'), threads);
  const { y } = await runtime.run(session, { x: new runtime.Tensor('float32', Float32Array.of(1, -2), [2]) }, {});
  const [first, second] = y.data;
  await session.release();
  if (first !== 2 || second !== -4) throw new Error(`It doubled 1 and -2 to ${first} and ${second}.`);
  return deviceOf(backend);
}
