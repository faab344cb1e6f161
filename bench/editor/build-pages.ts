import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type UserConfig } from 'vite';
import config from '../../electron.vite.config.ts';

export interface BuiltPages {
  /** Folder of Weft's page. */
  readonly weft: string;
  /** Folder of the page with React Flow alone. */
  readonly plain: string;
}

/** Builds both pages as they are published, from the sources as they are now and with the same React and React Flow. */
export async function buildPages(folder: string): Promise<BuiltPages> {
  const pages = { weft: join(folder, 'weft'), plain: join(folder, 'plain') };
  await buildWeftPage(pages.weft);
  await buildPage(join(import.meta.dirname, 'page'), pages.plain, { plugins: [react()] });
  return pages;
}

/** Builds Weft's page as it is published. */
export function buildWeftPage(folder: string): Promise<void> {
  const { renderer } = config as { renderer: UserConfig };
  return buildPage(join(import.meta.dirname, '../../src/renderer'), folder, renderer);
}

async function buildPage(root: string, outDir: string, config: UserConfig): Promise<void> {
  const input = join(root, 'index.html');
  await build({
    ...config,
    root,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, outDir, emptyOutDir: true, rollupOptions: { input } },
  });
}
