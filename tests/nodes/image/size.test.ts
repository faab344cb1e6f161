import { expect, test } from 'vitest';
import size from '../../../nodes/image/size.ts';
import { HeapContext, runNode } from '../node-context.ts';

test('image/size tells width, height and channels', async () => {
  const image = new HeapContext().image('u8', 4, 3, 1);
  expect(await runNode(size, { image })).toEqual({ width: 4, height: 3, channels: 1 });
});
