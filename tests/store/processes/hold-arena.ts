// Allocates and fills 8 MiB in an arena of the backing named by argv, says where its segment lies, and stays.
import { Arena } from '../../../src/main/store/arena.ts';
import { MemoryFileBacking } from '../../../src/main/store/backing.ts';
import { NamedBacking } from '../../../src/main/store/named-backing.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';

const [, , kind, folder] = process.argv;
const backing = kind === 'named' ? new NamedBacking(folder) : new MemoryFileBacking();
const arena = new Arena(new SegmentPool({ backing }), { budgetBytes: 2 ** 30 });
const slab = arena.allocate(8 * 2 ** 20);
new Uint8Array(slab.buffer, slab.byteOffset, slab.length).fill(1);
console.log(JSON.stringify(slab.segment.shared?.location));
process.stdin.on('data', () => process.exit(0));
