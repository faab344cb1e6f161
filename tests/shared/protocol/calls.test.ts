import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { WeftError } from '../../../src/shared/node-api/weft-error.ts';
import { connect, type WindowClient } from '../../../src/shared/protocol/call-client.ts';
import { decode, encode } from '../../../src/shared/protocol/encode.ts';
import { memoryPorts } from '../../../src/shared/protocol/memory-port.ts';
import type { Port } from '../../../src/shared/protocol/port.ts';
import type { PreviewMessage } from '../../../src/shared/protocol/preview.ts';
import { type CallHandlers, serveCalls, type WindowLine } from '../../../src/shared/protocol/serve-calls.ts';
import type { WindowCall, WindowEvent } from '../../../src/shared/protocol/window-calls.ts';
import { ASKS } from '../../../src/shared/protocol/window-schemas.ts';

const open: Port[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A window and a host that answers as `handlers` say; all other calls fail. */
function line(handlers: Partial<CallHandlers>, shown: (watch: string) => void = () => {}) {
  const [near, far] = memoryPorts();
  open.push(near, far);
  const refuse = (name: string) => () => Promise.reject(new Error(`Nobody expected ${name}.`));
  const all = Object.fromEntries(Object.keys(ASKS).map((name) => [name, refuse(name)])) as unknown as CallHandlers;
  return { host: serveCalls(far, { ...all, ...handlers }, shown), client: connect(near), near };
}

describe('a call', () => {
  test('carries what is asked to its handler, and the answer back', async () => {
    const asked: unknown[] = [];
    const { client } = line({
      importFile: (ask) => {
        asked.push(ask);
        return { path: '/tmp/a.png' };
      },
    });
    expect(await client.call('importFile', { name: 'a.png', content: new Uint8Array([1, 2]) })).toEqual({
      path: '/tmp/a.png',
    });
    expect(asked).toEqual([{ name: 'a.png', content: new Uint8Array([1, 2]) }]);
  });

  test('gets its own answer, whichever is ready first', async () => {
    const gates = new Map([
      ['a', Promise.withResolvers<void>()],
      ['b', Promise.withResolvers<void>()],
    ]);
    const { client } = line({
      relativePath: async ({ path }) => {
        await gates.get(path)?.promise;
        return `answer to ${path}`;
      },
    });
    const [a, b] = ['a', 'b'].map((path) => client.call('relativePath', { folder: null, path }));
    gates.get('b')?.resolve();
    expect(await b).toBe('answer to b');
    gates.get('a')?.resolve();
    expect(await a).toBe('answer to a');
  });

  test('fails with the very error that the handler threw: code, place and causes', async () => {
    const cause = new Error('disk full');
    const { client } = line({
      save: () => {
        throw new WeftError('E_FILE_WRITE', 'No room.', { node: 'out', cause });
      },
    });
    const ask = { path: '/a', graph: { weft: 1, nodes: [] }, expected: null, overwrite: false };
    const error = await client.call('save', ask).catch((failure) => failure);
    expect(error).toBeInstanceOf(WeftError);
    expect(error.toReport()).toEqual({ code: 'E_FILE_WRITE', message: 'No room.', node: 'out', causes: ['disk full'] });
  });

  test('fails as a mistake of Weft when the handler threw something else', async () => {
    const { client } = line({ settings: () => Promise.reject(new TypeError('x is undefined')) });
    await expect(client.call('settings', {})).rejects.toMatchObject({
      code: 'E_INTERNAL',
      message: expect.stringContaining('x is undefined'),
    });
  });

  test('is refused when it asks in another form, and the line goes on', async () => {
    const { client } = line({ relativePath: () => 'x' });
    const ask = { folder: 7, path: 'a' } as unknown as { folder: null; path: string };
    await expect(client.call('relativePath', ask)).rejects.toMatchObject({
      code: 'E_PROTOCOL',
      message: expect.stringContaining('folder'),
    });
    expect(await client.call('relativePath', { folder: null, path: 'a' })).toBe('x');
  });

  test.each(['nothing', 'constructor', '__proto__', 'toString'])('named %s is refused', async (name) => {
    const { client } = line({});
    await expect(client.call(name as WindowCall, {} as never)).rejects.toMatchObject({ code: 'E_PROTOCOL' });
  });

  test('fails when the answer has another form', async () => {
    const { client } = line({ relativePath: () => 7 as unknown as string });
    await expect(client.call('relativePath', { folder: null, path: 'a' })).rejects.toMatchObject({
      code: 'E_PROTOCOL',
    });
  });

  test('keeps the keys of a graph that Weft does not know, and their order', async () => {
    const graphs: string[] = [];
    const { client } = line({
      backUp: ({ graph }) => {
        graphs.push(JSON.stringify(graph));
        return null;
      },
    });
    const text = '{"zeta":1,"weft":1,"nodes":[{"type":"a/b@1","future":{"x":[1]},"id":"n"}],"alpha":2}';
    await client.call('backUp', { id: 'd', path: null, name: 'g', graph: JSON.parse(text) });
    expect(graphs).toEqual([text]);
  });
});

describe('a line that ends', () => {
  test('fails the calls that wait, and those that come later', async () => {
    const { client, host } = line({ settings: () => new Promise(() => {}) });
    const waiting = client.call('settings', {});
    host.close();
    await expect(waiting).rejects.toMatchObject({ code: 'E_DISCONNECTED' });
    await client.closed;
    await expect(client.call('settings', {})).rejects.toMatchObject({ code: 'E_DISCONNECTED' });
  });

  test('is told to the host when the window closes it', async () => {
    const { client, host } = line({});
    client.close();
    await host.closed;
  });

  test('takes no answer that comes too late', async () => {
    const gate = Promise.withResolvers<null>();
    const { client, host } = line({ closeWindow: () => gate.promise });
    const call = client.call('closeWindow', {}).catch((error) => error.code);
    client.close();
    await host.closed;
    gate.resolve(null);
    expect(await call).toBe('E_DISCONNECTED');
  });

  test('is what comes of a window that has stopped reading', async () => {
    const [near, far] = memoryPorts();
    open.push(near, far);
    Object.defineProperty(far, 'buffered', { get: () => 2 ** 30 });
    const host = serveCalls(far, {} as CallHandlers, () => {});
    host.tell({ event: 'close.requested' });
    await host.closed;
  });
});

const PREVIEW: PreviewMessage = {
  watch: 'w1',
  view: {
    state: 'value',
    ref: { node: 'read', side: 'output', pin: 'image' },
    preview: {
      type: 'image 2×1×3',
      bytes: 6,
      run: 'r',
      item: null,
      series: { items: Float64Array.of(0, 1), values: Float64Array.of(0.5, Number.NaN) },
      content: {
        kind: 'picture',
        depth: 'f32',
        channels: 3,
        statistics: { range: { min: 0, max: 1, mean: 0.5 }, nan: 1, inf: 0, exact: true },
        picture: {
          width: 2,
          height: 1,
          rgba: new Uint8Array([1, 2, 3, 255, 4, 5, 6, 255]),
          sourceWidth: 2,
          sourceHeight: 1,
          region: { x: 0, y: 0, width: 2, height: 1 },
          samples: new Float64Array([0, 0.5, Number.NaN, 1, Infinity, -Infinity]),
        },
      },
    },
  },
};

describe('events', () => {
  test('reach every listener, in order, until it leaves', async () => {
    const { client, host } = line({ settings: () => Promise.reject(new WeftError('E_VALUE', 'x')) });
    const heard: string[] = [];
    const leave = client.onEvent(({ event }) => heard.push(`a ${event}`));
    client.onEvent(({ event }) => heard.push(`b ${event}`));
    host.tell({ event: 'close.requested' });
    host.tell({ event: 'open.requested', path: '/a' });
    await round(client);
    leave();
    host.tell({ event: 'close.requested' });
    await round(client);
    expect(heard).toEqual([
      'a close.requested',
      'b close.requested',
      'a open.requested',
      'b open.requested',
      'b close.requested',
    ]);
  });

  test('that are previews arrive with their pixels and samples, and count as shown after the listeners', async () => {
    const order: string[] = [];
    const { client, host } = line({}, (watch) => order.push(`shown ${watch}`));
    let got: WindowEvent | undefined;
    client.onEvent((event) => {
      got = event;
      order.push('listener');
    });
    host.tell({ event: 'preview', message: PREVIEW });
    await round(client);
    expect(got).toStrictEqual({ event: 'preview', message: PREVIEW });
    expect(order).toEqual(['listener', 'shown w1']);
  });

  test('that cannot be sent are told as a failure, and the host lives on', async () => {
    const { client, host } = line({});
    const heard: WindowEvent[] = [];
    client.onEvent((event) => heard.push(event));
    host.tell({ event: 'open.requested', path: new Map() } as unknown as WindowEvent);
    await round(client);
    expect(heard).toMatchObject([{ event: 'host.failed', error: { code: 'E_INTERNAL' } }]);
  });

  test('in another form are told as a failure, and the line goes on', async () => {
    const { client, host } = line({});
    const heard: WindowEvent[] = [];
    client.onEvent((event) => heard.push(event));
    host.tell({ event: 'run', ticket: 't', events: [{ event: 'explode' }] } as unknown as WindowEvent);
    host.tell({ event: 'close.requested' });
    await round(client);
    expect(heard).toMatchObject([
      { event: 'host.failed', error: { code: 'E_PROTOCOL' } },
      { event: 'close.requested' },
    ]);
  });
});

describe('whatever a window sends', () => {
  test('that is no message is refused, and the line goes on', async () => {
    const { client, near } = line({ relativePath: () => 'still here' });
    const refusals: WindowEvent[] = [];
    client.onEvent((event) => refusals.push(event));
    near.send(new Uint8Array([1, 2, 3]));
    near.send(encode({ tell: 'shout' }));
    near.send(encode({ tell: 'call', id: -1, call: 'settings', ask: {} }));
    await round(client);
    expect(refusals).toMatchObject([1, 2, 3].map(() => ({ event: 'host.failed', error: { code: 'E_PROTOCOL' } })));
    expect(await client.call('relativePath', { folder: null, path: '' })).toBe('still here');
  });

  test('the host neither throws nor hangs, and each call that can be read is answered once', async () => {
    const { sent, host, deliver } = rawHost();
    const call = fc.record({
      tell: fc.constantFrom('call', 'shown', 'answer'),
      id: fc.oneof(fc.nat(50), fc.anything()),
      call: fc.oneof(fc.constantFrom(...Object.keys(ASKS)), fc.string()),
      ask: fc.jsonValue(),
    });
    const message = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => new Uint8Array(bytes)),
      call.map((value) => encode(JSON.parse(JSON.stringify(value)))),
    );
    await fc.assert(
      fc.asyncProperty(message, async (bytes) => {
        sent.length = 0;
        deliver(bytes);
        await new Promise((done) => setImmediate(done));
        expect(sent.length).toBeLessThanOrEqual(1);
        for (const answer of sent) expect(decode(answer)).toHaveProperty('tell');
      }),
      { numRuns: 500 },
    );
    host.close();
  });
});

/** Comes back when all that was sent before has been heard. */
async function round(client: WindowClient): Promise<void> {
  await client.call('settings', {}).catch(() => {});
}

function rawHost(): {
  sent: Uint8Array<ArrayBuffer>[];
  host: WindowLine;
  deliver: (bytes: Uint8Array<ArrayBuffer>) => void;
} {
  const sent: Uint8Array<ArrayBuffer>[] = [];
  let deliver: (bytes: Uint8Array<ArrayBuffer>) => void = () => {};
  const port: Port = {
    buffered: 0,
    send: (message) => sent.push(message),
    onMessage: (listener) => {
      deliver = listener;
    },
    onClose() {},
    close() {},
  };
  const handlers = Object.fromEntries(Object.keys(ASKS).map((name) => [name, () => null])) as unknown as CallHandlers;
  const host = serveCalls(port, handlers, () => {});
  return { sent, host, deliver: (bytes) => deliver(bytes) };
}
