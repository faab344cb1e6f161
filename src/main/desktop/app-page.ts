import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SECURITY_HEADERS } from '../server/security-headers.ts';
import { contentType, pageFile } from '../window/page-file.ts';

const SCHEME = 'weft';
const HOST = 'app';

/** The page of a window has an origin of its own: pages of `file://` may read other files. */
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${SCHEME}:` && parsed.host === HOST;
}

/** To be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page, which lies in `folder`, and nothing outside it. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const file = method === 'GET' && isOwnPage(url) ? await pageFile(folder, new URL(url).pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
    const headers = { ...SECURITY_HEADERS, 'content-type': contentType(file.path) };
    return new Response(await readFile(file.path), { headers });
  });
}
