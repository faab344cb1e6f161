/** The desktop app as it is, with a page of its own for tests of the host alone. */
import { join } from 'node:path';
import { runDesktop } from '../../src/main/desktop/desktop.ts';

runDesktop({
  page: join(import.meta.dirname, 'page'),
  preload: join(import.meta.dirname, '../../out/preload/preload.cjs'),
});
