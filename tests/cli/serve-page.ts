// `weft serve` with a page that need not be built: `serve-page.ts PAGE FOLDER [GRAPH]`, with FOLDER allowed.
import { serve } from '../../src/main/cli/serve.ts';

const [page, folder, graph] = process.argv.slice(2);
process.exitCode = await serve(graph, { port: 0, host: 'localhost', allow: [folder] }, page);
