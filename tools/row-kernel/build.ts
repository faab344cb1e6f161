/** Compiles row-kernel.ts into nodes/image/shared/row-kernel-code.ts. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const SOURCE = 'row-kernel.ts';
const TARGET = join(import.meta.dirname, '../../nodes/image/shared/row-kernel-code.ts');

const source = await readFile(join(import.meta.dirname, SOURCE), 'utf8');
let code = new Uint8Array();
const options = ['--outFile', 'code.wasm', '--runtime', 'stub', '--noAssert', '-O3', '--converge', '--enable', 'simd'];
const { error, stderr } = await asc.main([SOURCE, ...options, '--initialMemory', '1'], {
  readFile: (name) => (name === SOURCE ? source : null),
  writeFile: (_, contents) => {
    code = contents as Uint8Array<ArrayBuffer>;
  },
  listFiles: () => [],
});
if (error !== null) throw new Error(`${SOURCE} does not compile.\n${stderr}`);
const digest = createHash('sha256').update(source).digest('hex');
await writeFile(
  TARGET,
  `/** Of the source, tools/row-kernel/${SOURCE}: SHA-256. \`npm run build\` there makes this file. */
export const SOURCE_DIGEST = '${digest}';
/** WebAssembly in base64. */
export const KERNEL_CODE =
  '${Buffer.from(code).toString('base64')}';
`,
);
