import { expect, test } from 'vitest';
import download from '../../../nodes/model/download.ts';
import { HeapContext, runNode } from '../node-context.ts';
import { AnsweringModels } from './models.ts';

test('model/download gives the file of the model that it names', async () => {
  const ctx = new HeapContext({ models: new AnsweringModels() });
  expect(await runNode(download, { name: 'yunet' }, ctx)).toEqual({ path: '/models/yunet.onnx' });
});
