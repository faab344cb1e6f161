import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import sharp from 'sharp';

// `npm run demo`: draws a picture, runs a graph on it through the command line, and says where the result lies.

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out', 'demo');

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540">
  <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#1b3a5c"/><stop offset="1" stop-color="#e8a15a"/></linearGradient></defs>
  <rect width="960" height="540" fill="url(#sky)"/>
  <circle cx="720" cy="300" r="90" fill="#ffd98a"/>
  <path d="M0 540 L220 250 L420 540 Z" fill="#23302f"/>
  <path d="M260 540 L520 310 L800 540 Z" fill="#31453f"/>
  <rect x="120" y="120" width="150" height="90" rx="18" fill="#d5524a"/>
</svg>`;

await mkdir(OUT, { recursive: true });
const picture = join(OUT, 'picture.png');
await sharp(Buffer.from(PICTURE)).png().toFile(picture);

const graph = join(ROOT, 'resources', 'graphs', 'demo.weft.json');
const cli = join(ROOT, 'bin', 'weft.js');
const args = ['run', graph, '--set', `image=${picture}`, '--out', OUT];
const [status] = await once(spawn(process.execPath, [cli, ...args], { stdio: 'inherit' }), 'exit');
if (status === 0) console.log(`The picture that the graph wrote: ${relative(process.cwd(), join(OUT, 'demo.png'))}`);
process.exitCode = status ?? 1;
