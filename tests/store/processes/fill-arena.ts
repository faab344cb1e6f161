// Fills an arena over named memory until there is no more, says how that ended, then uses the room of freed slabs
// elsewhere.
import { Arena } from '../../../src/main/store/arena.ts';
import { NamedBacking } from '../../../src/main/store/named-backing.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';
import type { Slab } from '../../../src/main/store/slab.ts';

const MIB = 2 ** 20;
const arena = new Arena(new SegmentPool({ backing: new NamedBacking(process.argv[2]) }), { budgetBytes: 2 ** 40 });
const slabs: Slab[] = [];

function allocate(bytes: number): void {
  const slab = arena.allocate(bytes);
  new Uint8Array(slab.buffer, slab.byteOffset, slab.length).fill(1);
  slabs.push(slab);
}

try {
  for (;;) allocate(MIB);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : String(error);
  console.log(JSON.stringify({ filled: slabs.length, code }));
}
for (const hole of [0, 1, 4, 5]) arena.release(slabs[hole]);
allocate(4 * MIB);
console.log('4 MiB in place of two holes');
