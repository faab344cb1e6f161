/** The desktop app: what Electron starts. */
import { join } from 'node:path';
import { runDesktop } from './desktop.ts';

const BUILT = join(import.meta.dirname, '../../../out');

runDesktop({ page: join(BUILT, 'renderer'), preload: join(BUILT, 'preload', 'preload.cjs') });
