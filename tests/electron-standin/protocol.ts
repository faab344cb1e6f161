import type { CustomScheme, Protocol } from 'electron';
import { StandinApp } from './app.ts';
import { requestsOf, toApp } from './app-address.ts';

const schemes = new Set<string>();

/** Serves an app's own scheme from an address that Chromium asks the stand-in for. */
export const standinProtocol: Pick<Protocol, 'registerSchemesAsPrivileged'> & {
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void;
} = {
  registerSchemesAsPrivileged(added: CustomScheme[]) {
    for (const { scheme } of added) schemes.add(scheme);
  },
  handle(scheme, handler) {
    if (!schemes.has(scheme)) throw new Error(`The scheme ${scheme} was not registered as privileged.`);
    void StandinApp.theOne.browser.context.route(requestsOf(scheme), async (route) => {
      const asked = route.request();
      const response = await handler(new Request(toApp(asked.url()), { method: asked.method() }));
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    });
  },
};
