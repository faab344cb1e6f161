import { once } from 'node:events';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Connection, connectToEngine, type Frame, socketPath } from '../../src/main/isolates/connection.ts';
import { IsolateListener, type ListenPlace } from '../../src/main/isolates/listener.ts';

const places: ListenPlace[] = ({ linux: ['abstract', 'folder'], win32: ['pipe'] }[process.platform as string] as
  | ListenPlace[]
  | undefined) ?? ['folder'];

/** Both ends of one connection. */
async function connected(listener: IsolateListener): Promise<[engine: Connection, isolate: Connection]> {
  const { token, connected } = listener.expect();
  const isolate = await connectToEngine(listener.address, { token, channel: 'messages' });
  return [await connected, isolate];
}

function nextFrame(connection: Connection): Promise<Frame> {
  return new Promise((resolve) => {
    connection.onFrame = resolve;
  });
}

async function rawSocket(listener: IsolateListener): Promise<Socket> {
  const socket = connect(socketPath(listener.address));
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

describe.each(places)('frames over a local socket (%s)', (place) => {
  test('carry a message and its bytes both ways, of any size', async () => {
    const listener = await IsolateListener.open(place);
    const [engine, isolate] = await connected(listener);
    for (const size of [0, 1, 65_536, 5_000_001]) {
      const bytes = new Uint8Array(new SharedArrayBuffer(size)).fill(7);
      const arrived = nextFrame(isolate);
      engine.send({ text: 'grüße 🧶', size }, [bytes.subarray(0, size >> 1), bytes.subarray(size >> 1)]);
      const frame = await arrived;
      expect(frame.header).toEqual({ text: 'grüße 🧶', size });
      expect(frame.payload.length).toBe(size);
      expect(frame.payload.every((byte) => byte === 7)).toBe(true);

      const returned = nextFrame(engine);
      isolate.send({ size });
      expect((await returned).header).toEqual({ size });
    }
    await listener.close();
  });

  test('arrive in order, however many are sent at once', async () => {
    const listener = await IsolateListener.open(place);
    const [engine, isolate] = await connected(listener);
    const numbers: unknown[] = [];
    const all = new Promise<void>((resolve) => {
      isolate.onFrame = ({ header }) => numbers.push(header) === 2000 && resolve();
    });
    for (let i = 0; i < 2000; i++) engine.send([i]);
    await all;
    expect(numbers).toEqual(Array.from({ length: 2000 }, (_, i) => [i]));
    await listener.close();
  });

  test('come only from whoever shows the token', async () => {
    const listener = await IsolateListener.open(place);
    const { connected, token } = listener.expect();
    let arrived = false;
    void connected.then(() => {
      arrived = true;
    });
    for (const wrong of ['', token.slice(1), token.toUpperCase(), '0'.repeat(64)]) {
      const stranger = await connectToEngine(listener.address, { token: wrong, channel: 'messages' });
      await stranger.closed;
    }
    expect(arrived).toBe(false);
    await connectToEngine(listener.address, { token, channel: 'messages' });
    await connected;
    await listener.close();
  });

  test('a token opens one connection for messages, and none once it is forgotten', async () => {
    const listener = await IsolateListener.open(place);
    const { connected, token, forget } = listener.expect();
    await connectToEngine(listener.address, { token, channel: 'messages' });
    await connected;
    await (await connectToEngine(listener.address, { token, channel: 'messages' })).closed;
    forget();
    await (await connectToEngine(listener.address, { token, channel: 'watch' })).closed;
    await listener.close();
  });

  test.each([
    ['a web request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['zeros', Buffer.alloc(64)],
    ['a length of 4 GiB', Buffer.alloc(8, 0xff)],
    ['JSON that is no greeting', frame('[1, 2, 3]')],
    ['text that is not JSON', frame('{"token":')],
    ['more than a greeting needs', frame(JSON.stringify({ token: 'x'.repeat(2000), channel: 'messages' }))],
  ])('a stranger who sends %s is cut off, and others are served', async (_, garbage) => {
    const listener = await IsolateListener.open(place);
    const stranger = await rawSocket(listener);
    stranger.write(garbage);
    await once(stranger, 'close');
    const [engine, isolate] = await connected(listener);
    const arrived = nextFrame(isolate);
    engine.send({ still: 'here' });
    expect((await arrived).header).toEqual({ still: 'here' });
    await listener.close();
  });

  test('end at both sides when the listener closes', async () => {
    const listener = await IsolateListener.open(place);
    const [engine, isolate] = await connected(listener);
    await listener.close();
    await Promise.all([engine.closed, isolate.closed]);
  });
});

function frame(json: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(Buffer.byteLength(json), 0);
  return Buffer.concat([head, Buffer.from(json)]);
}

describe.skipIf(process.platform === 'win32')('a socket in a folder', () => {
  test('can be entered by this user alone, and is gone after close', async () => {
    const listener = await IsolateListener.open('folder');
    const folder = dirname(listener.address);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await listener.close();
    expect(existsSync(folder)).toBe(false);
  });

  test('of a process that was killed is removed at the next start, one of a living process is not', async () => {
    // Above the highest pid that any of our systems gives.
    const left = join(tmpdir(), 'weft-isolates-99999999-abcdef');
    mkdirSync(left, { recursive: true });
    const living = await IsolateListener.open('folder');
    expect(existsSync(left)).toBe(false);
    const next = await IsolateListener.open('folder');
    expect(basename(dirname(living.address))).toContain(String(process.pid));
    expect(existsSync(living.address)).toBe(true);
    await living.close();
    await next.close();
  });
});
