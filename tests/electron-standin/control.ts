import { z } from 'zod';
import type { StandinApp } from './app.ts';

/** What a test asks of the stand-in: to call a function, given as its source, with Electron and an argument. */
const orderSchema = z.object({ id: z.int(), source: z.string(), argument: z.unknown().optional() });

/**
 * Does what Playwright's `electronApplication.evaluate` does for a real Electron: a test that was started with an IPC
 * channel runs functions in this process.
 */
export function listenToTests(electron: { readonly app: StandinApp; readonly [part: string]: object }): void {
  if (process.send === undefined) return;
  process.on('message', async (message) => {
    const { id, source, argument } = orderSchema.parse(message);
    try {
      // The test's own code, in the test's own process.
      const call: (electron: object, argument: unknown) => unknown = new Function(`return (${source})`)();
      process.send?.({ id, result: await call(electron, argument) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  // A test that was killed leaves nothing behind.
  process.once('disconnect', () => electron.app.exit(1));
  void electron.app.whenReady().then(() => process.send?.({ endpoint: electron.app.browser.endpoint }));
}
