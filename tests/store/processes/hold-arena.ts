// Owns an arena with a slab of numbers, over the backing named by argv, and says where it lies. Then obeys: `sum` says
// what the numbers sum up to now, `end` ends the process.
import { createInterface } from 'node:readline';
import { Arena } from '../../../src/main/store/arena.ts';
import { MemoryFileBacking } from '../../../src/main/store/backing.ts';
import { NamedBacking } from '../../../src/main/store/named-backing.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';

const COUNT = 3 * 640 * 640;

const [, , kind, folder] = process.argv;
const backing = kind === 'named' ? new NamedBacking(folder) : new MemoryFileBacking();
const arena = new Arena(new SegmentPool({ backing }));
arena.allocate(1000);
const { segment, buffer, byteOffset, offset } = arena.allocate(4 * COUNT);
const numbers = new Float32Array(buffer, byteOffset, COUNT).fill(0.5);
console.log(JSON.stringify({ location: segment.shared?.location, offset, count: COUNT }));
for await (const order of createInterface({ input: process.stdin })) {
  if (order === 'end') process.exit();
  console.log(numbers.reduce((sum, number) => sum + number, 0));
}
