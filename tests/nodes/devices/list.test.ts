import { availableParallelism, cpus, totalmem } from 'node:os';
import { expect, test } from 'vitest';
import list from '../../../nodes/devices/list.ts';
import type { BackendStatus } from '../../../src/shared/node-api/backend.ts';
import { AnsweringModels } from '../model/models.ts';
import { HeapContext, runNode } from '../node-context.ts';

const processor = cpus()[0].model.trim();

test('lists the processor, then each card with the backends that run on it', async () => {
  const statuses: BackendStatus[] = [
    { name: 'cpu', available: true, device: processor, software: false },
    { name: 'webgpu', available: true, device: 'a card', software: false },
    { name: 'cuda', available: true, device: 'a card', software: false },
    { name: 'directml', available: true, device: null, software: false },
    { name: 'npu', available: false, reason: 'there is none', remedy: 'buy one', cause: null },
  ];
  const models = new AnsweringModels();
  models.backends = async () => statuses;
  const { devices, backends, text } = await runNode(list, {}, new HeapContext({ models }));
  expect(devices).toEqual([
    {
      kind: 'cpu',
      name: processor,
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeMemoryBytes: expect.any(Number),
      backends: ['cpu'],
    },
    { kind: 'gpu', name: 'a card', software: false, backends: ['webgpu', 'cuda'] },
    { kind: 'gpu', name: null, software: false, backends: ['directml'] },
  ]);
  expect(backends).toEqual(statuses);
  expect(String(text).split('\n').slice(1)).toEqual(['a card: webgpu, cuda', 'device: directml']);
});
