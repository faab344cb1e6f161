/** Compiles the kernels into modules beside what uses them. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

interface Kernel {
  readonly source: string;
  /** Under nodes/. */
  readonly target: string;
  readonly name: string;
}

const KERNELS: readonly Kernel[] = [
  { source: 'row-kernel.ts', target: 'image/shared/row-kernel-code.ts', name: 'ROW_KERNEL_CODE' },
  { source: 'best-class.ts', target: 'detect/shared/best-class-code.ts', name: 'BEST_CLASS_CODE' },
];
const OPTIONS = ['--runtime', 'stub', '--noAssert', '-O3', '--converge', '--enable', 'simd', '--initialMemory', '1'];

for (const { source, target, name } of KERNELS) {
  const text = await readFile(join(import.meta.dirname, source), 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  await writeFile(
    join(import.meta.dirname, '../../nodes', target),
    `/** Of the source, tools/kernels/${source}: SHA-256. \`npm run build\` there makes this file. */
export const SOURCE_DIGEST = '${digest}';
/** WebAssembly in base64. */
export const ${name} =
  '${Buffer.from(await compile(source, text)).toString('base64')}';
`,
  );
}

async function compile(source: string, text: string): Promise<Uint8Array> {
  let code = new Uint8Array();
  const { error, stderr } = await asc.main([source, '--outFile', 'code.wasm', ...OPTIONS], {
    readFile: (name) => (name === source ? text : null),
    writeFile: (_, contents) => {
      code = contents as Uint8Array<ArrayBuffer>;
    },
    listFiles: () => [],
  });
  if (error !== null) throw new Error(`${source} does not compile.\n${stderr}`);
  return code;
}
