import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { stripTypes } from '../../tools/strip-types.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the code of a package is JavaScript alone, and runs a graph and its model', async () => {
  // Beside the checkout's own node_modules, as a package's code is beside its own.
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'out/package-'));
  try {
    await stripTypes(ROOT, folder);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.ts'))).toEqual([]);
    const exports = { '.': './src/shared/node-api/weft.js' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...packageJson, exports }));
    symlinkSync(join(ROOT, 'resources'), join(folder, 'resources'), 'junction');

    const graph = join(folder, 'resources/graphs/detect-image.weft.json');
    const program = join(folder, 'src/main/cli/program.js');
    const run = `import(${JSON.stringify(program)}).then(({ runProgram }) => runProgram(process.argv.slice(1)))`;
    const args = ['--no-strip-types', '--eval', run, 'run', graph, '--json', '--out', folder];
    const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'run.finished', status: 'done' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
