import { describe, expect, test } from 'vitest';
import load from '../../../nodes/model/load.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { AnsweringModels } from './models.ts';

describe('model/load', () => {
  test('loads the file, on the backend that is asked for', async () => {
    const models = new AnsweringModels();
    await runNode(load, { path: '/m.onnx', backend: 'cpu' }, new HeapContext({ models }));
    expect(models.loaded).toEqual([{ path: '/m.onnx', backend: 'cpu' }]);
  });

  test('leaves the choice of the backend to Weft by default', async () => {
    const models = new AnsweringModels();
    await runNode(load, { path: '/m.onnx' }, new HeapContext({ models }));
    expect(models.loaded).toEqual([{ path: '/m.onnx', backend: undefined }]);
  });

  test('says that its result depends on the file', async () => {
    const ctx = new HeapContext({ models: new AnsweringModels() });
    await runNode(load, { path: '/m.onnx' }, ctx);
    expect(ctx.fingerprinted).toEqual(['/m.onnx']);
  });
});
