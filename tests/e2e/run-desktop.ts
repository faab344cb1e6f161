import { join, resolve } from 'node:path';
import { runDesktop } from '../../src/main/desktop/desktop.ts';
import { BUILT_PAGE } from '../../src/main/server/page-files.ts';

// The desktop app as it is: WEFT_E2E_PAGE names another build of the page than `npm run build` makes.
const { WEFT_E2E_PAGE: page } = process.env;
runDesktop({
  page: page === undefined ? BUILT_PAGE : resolve(page),
  preload: join(BUILT_PAGE, '../preload/preload.cjs'),
});
