/** An isolate that aborts at the first request. */
import { serveEngine } from '../../../src/main/isolates/serve-engine.ts';

await serveEngine(async () => {
  console.error('the driver gave up');
  process.abort();
});
