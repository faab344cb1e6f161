import { resolve } from 'node:path';
import { serve } from '../../src/main/cli/serve.ts';
import { BUILT_PAGE } from '../../src/main/server/page-files.ts';

// `weft serve GRAPH`, as a process for tests: WEFT_E2E_PAGE names another build of the page than `npm run build` makes.
const { WEFT_E2E_PAGE: page, WEFT_E2E_PORT: port = '0', WEFT_E2E_ALLOW: allow } = process.env;
process.exitCode = await serve(
  process.argv[2],
  { port: Number(port), host: 'localhost', allow: allow === undefined ? [] : [allow] },
  page === undefined ? BUILT_PAGE : resolve(page),
);
