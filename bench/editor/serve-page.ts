import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendPageFile } from '../../src/main/server/page-files.ts';

export interface ServedPage extends AsyncDisposable {
  readonly url: string;
}

/** A built page without anything behind it. */
export async function servePage(folder: string): Promise<ServedPage> {
  const server = createServer((request, response) => {
    sendPageFile(folder, request, response).catch((error: Error) => response.destroy(error));
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
