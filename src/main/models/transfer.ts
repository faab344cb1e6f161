import { setTimeout as delay } from 'node:timers/promises';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { foreignContent } from './foreign-content.ts';
import type { PartFile } from './part-file.ts';

/** Times of a transfer, in ms. */
export interface TransferTiming {
  /** Without a byte for so long, a connection is given up. */
  readonly stallMs: number;
  /** Before each further try after one that brought nothing. */
  readonly retryMs: readonly number[];
}

export const TRANSFER_TIMING: TransferTiming = { stallMs: 30_000, retryMs: [1_000, 3_000, 9_000] };

export interface TransferRequest {
  /** What people call the file. */
  readonly name: string;
  readonly url: string;
  /** No larger file is wanted: a server may send without end. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  readonly timing: TransferTiming;
  /** Bytes that are there, and how many there will be where the server says so. */
  progress(bytes: number, total: number | undefined): void;
}

/**
 * Fetches a file over HTTP into `part`. A connection that fails, stalls or breaks off is made again, and goes on where
 * the last one ended if the server still has the same file. When it fails for good, `part` stays for the next time.
 * @throws E_NETWORK; E_FILE_WRITE; E_DIGEST for a file that is too large; the signal's reason
 */
export async function transfer(part: PartFile, request: TransferRequest): Promise<void> {
  const { signal, timing } = request;
  let most = await part.size();
  for (let vain = 0; ; vain++) {
    try {
      return await connectOnce(part, request);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      const size = await part.size();
      if (size > most) {
        most = size;
        vain = 0;
      }
      if (vain === timing.retryMs.length)
        throw networkError(request, `${error.message}, ${vain + 1} times in a row`, error);
      await delay(timing.retryMs[vain], undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** A failure that may be gone at the next try; its message says what happened. */
class Interruption extends Error {}

async function connectOnce(part: PartFile, request: TransferRequest): Promise<void> {
  const { url, signal, timing } = request;
  const size = await part.size();
  const validator = size === 0 ? null : await part.validator(url);
  using connection = new Connection(timing.stallMs);
  try {
    const response = await fetch(url, {
      headers: {
        // A compressed answer has other bytes, and other ranges.
        'accept-encoding': 'identity',
        ...(validator === null ? {} : { range: `bytes=${size}-`, 'if-range': validator }),
      },
      signal: AbortSignal.any([signal, connection.signal]),
    });
    const chunks = readAhead(response.body ?? new Blob([]).stream());
    await receive(part, size, request, response, watched(chunks, request, connection));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WeftError || error instanceof Interruption) throw error;
    const what = connection.isSilent
      ? `no data came for ${timing.stallMs / 1000} s`
      : `the connection failed (${reasonOf(error)})`;
    throw new Interruption(what, { cause: error });
  }
}

/** A connection that is given up when nothing has come for a while, and when it is left. */
class Connection implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  isSilent = false;

  constructor(stallMs: number) {
    this.#timer = setTimeout(() => {
      this.isSilent = true;
      this.#controller.abort();
    }, stallMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.#timer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}

/** `size` bytes were there when the server was asked for the rest. */
async function receive(
  part: PartFile,
  size: number,
  request: TransferRequest,
  { status, statusText, headers }: Response,
  body: Body,
): Promise<void> {
  const range = rangeOf(headers);
  if (status === 200) {
    const length = headers.get('content-length');
    const chunks = body(0, length === null ? undefined : Number(length));
    // Looked at before anything is written over: a sign-in page must not cost what an earlier connection brought.
    const first = await chunks.next();
    const foreign = first.done === true ? null : foreignContent(first.value);
    if (foreign !== null) throw networkError(request, `the server sent ${foreign}`);
    await part.begin(request.url, validatorOf(headers));
    return part.append(0, startingWith(first, chunks));
  }
  if (status === 206 && range?.start === size) return part.append(size, body(size, range.total));
  // Asked for what comes after the end: everything is there.
  if (status === 416 && range?.total === size) return;
  if (status === 416 || status === 206) {
    await part.forget();
    throw new Interruption('the server did not go on where it was asked to');
  }
  const answer = `the server answered ${status} ${statusText}`.trimEnd();
  throw PASSING.has(status) || status >= 500 ? new Interruption(answer) : networkError(request, answer);
}

/** Answers that may be others a little later: request timeout, too early, too many requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** The bytes of an answer, which stand at `start` in a file of `total`. */
type Body = (start: number, total: number | undefined) => AsyncGenerator<Uint8Array, void>;

function watched(chunks: AsyncIterable<Uint8Array>, request: TransferRequest, connection: Connection): Body {
  const { name, mostBytes, progress } = request;
  return async function* body(start, total) {
    let bytes = start;
    for await (const chunk of chunks) {
      connection.heard();
      bytes += chunk.length;
      if (bytes > mostBytes) {
        throw new WeftError(
          'E_DIGEST',
          `The server sends more than the ${mostBytes} bytes of ${name}: it is another file, so nothing of it was kept.`,
        );
      }
      progress(bytes, total);
      yield chunk;
    }
  };
}

/** A body that breaks off loses the chunks that nobody has asked for yet, so the next one is always asked for. */
function readAhead(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = body.getReader();
  const read = () => {
    const next = reader.read();
    // Whoever gets to it sees its failure.
    next.catch(() => {});
    return next;
  };
  let next = read();
  return (async function* chunks() {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = read();
      yield value;
    }
  })();
}

async function* startingWith<T>(first: IteratorResult<T, void>, rest: AsyncIterable<T>): AsyncGenerator<T, void> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

/** What tells this file from others at the same address (RFC 9110, 13.1.5: If-Range takes no weak validators). */
function validatorOf(headers: Headers): string | null {
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
}

/** Content-Range: `bytes 100-299/300`, or with a star for 100-299 from a server that cannot go on there. */
function rangeOf(headers: Headers): { start: number | undefined; total: number | undefined } | undefined {
  const parts = /^bytes (?:(?<start>\d+)-\d+|\*)\/(?<total>\d+|\*)$/.exec(headers.get('content-range') ?? '')?.groups;
  if (parts === undefined) return undefined;
  return { start: numberOf(parts.start), total: numberOf(parts.total) };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '*' ? undefined : Number(text);
}

/** What `fetch` and bodies throw only says that something failed: why is said by the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function networkError({ name, url }: TransferRequest, what: string, cause?: unknown): WeftError {
  return new WeftError('E_NETWORK', `${name} could not be downloaded from ${url}, for ${what}: try again later.`, {
    cause,
  });
}
