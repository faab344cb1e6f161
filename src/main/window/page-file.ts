import { realpath, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

export interface PageFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * A file of the built page in `folder`; null for all that is not one, wherever it may lie.
 * @param path as an address says it, percent-encoded: `/assets/index.js`
 */
export async function pageFile(folder: string, path: string): Promise<PageFile | null> {
  const name = decoded(path);
  if (name === null || name.includes('\0')) return null;
  const file = resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  try {
    // Links are followed before it is asked whether the file lies in the folder.
    const real = await realpath(file);
    const entry = await stat(real);
    if (!entry.isFile() || !real.startsWith(`${await realpath(folder)}${sep}`)) return null;
    return { path: real, bytes: entry.size };
  } catch {
    return null;
  }
}

export function contentType(file: string): string {
  return TYPES[extname(file)] ?? 'application/octet-stream';
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
