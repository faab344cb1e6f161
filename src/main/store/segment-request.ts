import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type ErrorReport, WeftError } from '../../shared/node-api/weft-error.ts';
import type { Segment, SegmentSource, Sharing } from './segment.ts';

/**
 * Segments are the host's, on its main thread, while the engine, on a worker thread, needs memory in the middle of a
 * synchronous call. So the engine posts its request and sleeps on this flag until the host has put the answer into the
 * port. One number of shared memory: 0 while the engine waits, 1 when the answer is there.
 */
export type AnsweredFlag = Int32Array<SharedArrayBuffer>;

type Request =
  | { readonly ask: 'sharing' }
  | { readonly ask: 'create'; readonly minBytes: number }
  | { readonly ask: 'reserve' | 'giveBack'; readonly segment: number; readonly offset: number; readonly bytes: number };

type Answer = { readonly given: Sharing | Segment | null } | { readonly refused: ErrorReport };

/**
 * Answers the requests that come in at `port`, on the host's main thread. Close the port before reclaiming the segments
 * of an engine that has ended: its last request would touch the memory of the next one.
 */
export function serveSegments(port: MessagePort, source: SegmentSource, answered: AnsweredFlag): void {
  port.on('message', (request: Request) => {
    port.postMessage(answer(request, source));
    Atomics.store(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
  // The engine's thread keeps the process alive; this port shall not.
  port.unref();
}

/** The host's segments, as the engine's thread gets them. Each request takes some 15 µs, in which the thread sleeps. */
export function requestSegments(port: MessagePort, answered: AnsweredFlag): SegmentSource {
  const ask = (request: Request) => {
    Atomics.store(answered, 0, 0);
    port.postMessage(request);
    Atomics.wait(answered, 0, 0);
    const reply: Answer = receiveMessageOnPort(port)?.message;
    if ('refused' in reply) throw WeftError.fromReport(reply.refused);
    return reply.given;
  };
  let sharing: Sharing | undefined;
  return {
    get sharing() {
      sharing ??= ask({ ask: 'sharing' }) as Sharing;
      return sharing;
    },
    create: (minBytes) => ask({ ask: 'create', minBytes }) as Segment,
    reserve: (segment, offset, bytes) => void ask({ ask: 'reserve', segment, offset, bytes }),
    giveBack: (segment, offset, bytes) => void ask({ ask: 'giveBack', segment, offset, bytes }),
  };
}

function answer(request: Request, source: SegmentSource): Answer {
  try {
    return { given: perform(request, source) };
  } catch (error) {
    const known = error instanceof WeftError ? error : new WeftError('E_INTERNAL', String(error), { cause: error });
    return { refused: known.toReport() };
  }
}

function perform(request: Request, source: SegmentSource): Sharing | Segment | null {
  switch (request.ask) {
    case 'sharing':
      return source.sharing;
    case 'create':
      return source.create(request.minBytes);
    case 'reserve':
    case 'giveBack':
      source[request.ask](request.segment, request.offset, request.bytes);
      return null;
  }
}
