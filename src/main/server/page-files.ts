import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { contentType, pageFile } from '../window/page-file.ts';

/** The editor's page, as `npm run build` makes it. */
export const BUILT_PAGE = fileURLToPath(new URL('../../../out/renderer', import.meta.url));

/** @throws E_FILE_MISSING */
export function requireBuiltPage(folder: string): void {
  if (existsSync(join(folder, 'index.html'))) return;
  throw new WeftError('E_FILE_MISSING', `The editor is not built, for ${folder} has no page: run \`npm run build\`.`);
}

/** Answers with a file of the built page; with 404 for all that is not one, wherever it may lie. */
export async function sendPageFile(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await pageFile(folder, (request.url ?? '/').split(/[?#]/)[0]);
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
    return;
  }
  response.writeHead(200, {
    'content-type': contentType(file.path),
    'content-length': file.bytes,
    // The build names its assets after their content; the page itself must be the newest one.
    'cache-control': file.path.includes(`${sep}assets${sep}`) ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
}
