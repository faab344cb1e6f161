import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on this machine that gives its answers one after the other, the last one again and again. */
export class ModelServer implements AsyncDisposable {
  readonly requests: IncomingMessage[] = [];
  readonly #server: Server;
  readonly #answers: Answer[];

  private constructor(server: Server, answers: Answer[]) {
    this.#server = server;
    this.#answers = answers;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.requests.push(request);
      const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
      answer?.(request, response);
    });
  }

  static async open(...answers: Answer[]): Promise<ModelServer> {
    const server = createServer();
    const opened = new ModelServer(server, answers);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/model.onnx`;
  }

  /** The ranges that were asked for, in order; undefined for a whole file. */
  get ranges(): (string | undefined)[] {
    return this.requests.map(({ headers }) => headers.range);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

export interface Served {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** A file, or the rest of it when that is asked for and it is still the same. */
export function serve(content: Uint8Array, { etag, lastModified }: Served = { etag: '"one"' }): Answer {
  return (request, response) => {
    const { start, head } = answerTo(request, content, { etag, lastModified });
    response.writeHead(start === 0 ? 200 : 206, head);
    response.end(content.subarray(start));
  };
}

/** `bytes` more of a file, and then the connection ends; or with `stall` it stays, and nothing comes. */
export function breakOff(
  content: Uint8Array,
  bytes: number,
  { stall = false } = {},
  served: Served = { etag: '"one"' },
): Answer {
  return (request, response) => {
    const { start, head } = answerTo(request, content, served);
    response.writeHead(start === 0 ? 200 : 206, head);
    response.write(content.subarray(start, start + bytes), () => {
      if (!stall) response.destroy();
    });
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(code, headers).end(`${code}`);
}

function answerTo({ headers }: IncomingMessage, content: Uint8Array, { etag, lastModified }: Served) {
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const validator = headers['if-range'];
  const same = validator !== undefined && (validator === etag || validator === lastModified);
  const start = asked !== undefined && same ? Number(asked) : 0;
  const head = {
    'content-length': content.length - start,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
  };
  return { start, head };
}
