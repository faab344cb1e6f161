import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

// `npm run demo`: finds shapes in the sample picture with the model that comes with Weft, through the command line, and
// says where the picture with the boxes lies.

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out', 'demo');

await mkdir(OUT, { recursive: true });
const graph = join(ROOT, 'resources', 'graphs', 'detect-image.weft.json');
const cli = join(ROOT, 'bin', 'weft.js');
const [status] = await once(spawn(process.execPath, [cli, 'run', graph, '--out', OUT], { stdio: 'inherit' }), 'exit');
if (status === 0)
  console.log(`The picture with the shapes found: ${relative(process.cwd(), join(OUT, 'annotated.png'))}`);
process.exitCode = status ?? 1;
