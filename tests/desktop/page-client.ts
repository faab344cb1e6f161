import type { Page } from 'playwright-core';
import { connect, type WindowClient } from '../../src/shared/protocol/call-client.ts';
import type { Port } from '../../src/shared/protocol/port.ts';
import type { WindowEvent } from '../../src/shared/protocol/window-calls.ts';
import type { DesktopApp } from '../electron-standin/desktop-app.ts';

/** The line between the page of `app` and its host, held by the test in the page's place. */
export async function connectPage(app: DesktopApp): Promise<PageClient> {
  return new PageClient(connect(await portOf(await app.page())));
}

export class PageClient {
  readonly call: WindowClient['call'];
  /** Resolves when the line has ended. */
  readonly closed: Promise<void>;
  readonly #events: WindowEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(client: WindowClient) {
    this.call = client.call.bind(client);
    this.closed = client.closed;
    client.onEvent((event) => {
      this.#events.push(event);
      for (const look of this.#waiting) look();
    });
  }

  /** The first event of this kind, whenever it came. */
  async event<K extends WindowEvent['event']>(kind: K): Promise<Extract<WindowEvent, { event: K }>> {
    const found = Promise.withResolvers<WindowEvent>();
    const look = () => {
      const event = this.#events.find((candidate) => candidate.event === kind);
      if (event !== undefined) found.resolve(event);
    };
    this.#waiting.add(look);
    look();
    const event = await found.promise;
    this.#waiting.delete(look);
    return event as Extract<WindowEvent, { event: K }>;
  }
}

/** Each line has a name of its own in the page, which may be the same after a reload. */
let lines = 0;

async function portOf(page: Page): Promise<Port> {
  const tell = `tellTest${++lines}`;
  const early: Uint8Array<ArrayBuffer>[] = [];
  let deliver = (message: Uint8Array<ArrayBuffer>): void => void early.push(message);
  const closed = Promise.withResolvers<void>();
  // A page that crashed or was left tells nobody any more.
  page.on('crash', () => closed.resolve());
  page.on('framenavigated', (frame) => frame === page.mainFrame() && closed.resolve());
  await page.exposeFunction(tell, (message: string | null) => {
    if (message === null) closed.resolve();
    else deliver(new Uint8Array(Buffer.from(message, 'base64')));
  });
  await page.evaluate(`
    weftPort.onMessage((message) => ${tell}(message.toBase64()));
    weftPort.onClose(() => ${tell}(null));
  `);
  return {
    send: (message) => {
      const bytes = Buffer.from(message).toString('base64');
      // A page that is gone hears nothing.
      page.evaluate(`weftPort.send(Uint8Array.fromBase64('${bytes}'))`).catch(() => {});
    },
    buffered: 0,
    onMessage(listener) {
      for (const message of early.splice(0)) listener(message);
      deliver = listener;
    },
    onClose: (listener) => void closed.promise.then(listener),
    close: () => void page.evaluate('weftPort.close()'),
  };
}
