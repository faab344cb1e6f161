import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CatalogueModel } from '../../src/main/models/catalogue.ts';
import { type DownloadOptions, downloadModel } from '../../src/main/models/download.ts';
import { breakOff, ModelServer, serve, status } from './model-server.ts';
import { content, ModelsFolder, sha256, tiny } from './models-folder.ts';

const DATA = content(300_000);
/** Short enough to wait for; nothing depends on how long they are. */
const TIMING = { stallMs: 200, retryMs: [1, 1], pollMs: 5 };
const PART_FILES = ['tiny.onnx.part', 'tiny.onnx.part.json'];

function download(model: CatalogueModel, options: Partial<DownloadOptions> = {}) {
  return downloadModel(model, { signal: new AbortController().signal, timing: TIMING, ...options });
}

describe('a download', () => {
  test('ends with the file under its name and a record of its digest, and nothing else', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    const path = join(folder.path, 'tiny.onnx');
    expect(await download(tiny(server.url, DATA))).toEqual({
      path,
      bytes: DATA.length,
      digest: sha256(DATA),
      trust: 'catalogue',
    });
    expect(Buffer.compare(readFileSync(path), DATA)).toBe(0);
    expect(folder.files).toEqual(['tiny.onnx', 'tiny.onnx.json']);
    expect(JSON.parse(await readFile(`${path}.json`, 'utf8'))).toMatchObject({
      name: 'tiny',
      url: server.url,
      bytes: DATA.length,
      sha256: sha256(DATA),
    });
  });

  test('is made once: a file that is there is taken', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    const model = tiny(server.url, DATA);
    const first = await download(model);
    expect(await download(model)).toEqual(first);
    expect(server.requests).toHaveLength(1);
  });

  test('tells how far it is, up to the end', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    const told: [number, number | undefined][] = [];
    await download(tiny(server.url, DATA), { progress: (...progress) => told.push(progress) });
    expect(told.map(([bytes]) => bytes)).toEqual(told.map(([bytes]) => bytes).toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual([DATA.length, DATA.length]);
  });

  test('takes the size that the catalogue knows where the server tells none', async () => {
    using _ = new ModelsFolder();
    // Without a length Node sends the body in chunks.
    await using server = await ModelServer.open((_, response) => response.end(DATA));
    let total: number | undefined;
    await download(tiny(server.url, DATA), { progress: (_, of) => (total = of) });
    expect(total).toBe(DATA.length);
  });

  test('follows redirects', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(status(302, { location: '/elsewhere.onnx' }), serve(DATA));
    await download(tiny(server.url, DATA));
    expect(server.requests.map(({ url }) => url)).toEqual(['/model.onnx', '/elsewhere.onnx']);
    expect(folder.files).toContain('tiny.onnx');
  });

  test('asks for no compression, for a compressed file has other bytes', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    await download(tiny(server.url, DATA));
    expect(server.requests[0].headers['accept-encoding']).toBe('identity');
  });
});

describe('a server that', () => {
  test('breaks off is asked for the rest', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000), breakOff(DATA, 50_000), serve(DATA));
    const { digest } = await download(tiny(server.url, DATA));
    expect(digest).toBe(sha256(DATA));
    expect(server.ranges[0]).toBeUndefined();
    expect(server.ranges.slice(1)).toEqual([
      expect.stringMatching(/^bytes=\d+-$/),
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
    expect(folder.files).toEqual(['tiny.onnx', 'tiny.onnx.json']);
  });

  test('breaks off again and again but brings something each time is asked as often as it takes', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 20_000));
    expect(await download(tiny(server.url, DATA))).toMatchObject({ bytes: DATA.length });
    expect(server.requests.length).toBeGreaterThan(10);
  });

  test('stalls is given up and asked for the rest', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, { stall: true }), serve(DATA));
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
    expect(server.ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  test('never answers is given up with a sentence', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(() => {});
    await expect(download(tiny(server.url, DATA), { timing: { ...TIMING, stallMs: 20 } })).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: `tiny could not be downloaded from ${server.url}, for no data came for 0.02 s, 3 times in a row: try again later.`,
    });
    expect(server.requests).toHaveLength(3);
    expect(folder.files).toEqual([]);
  });

  test('has another file by now sends all of it, and none of the old is kept', async () => {
    using folder = new ModelsFolder();
    const newer = content(200_000, 7);
    await using server = await ModelServer.open(breakOff(DATA, 100_000), serve(newer, { etag: '"two"' }));
    await download(tiny(server.url, newer, { bytes: DATA.length }));
    expect(Buffer.compare(readFileSync(join(folder.path, 'tiny.onnx')), newer)).toBe(0);
  });

  test('knows its files by date only is asked for the rest by date', async () => {
    using _ = new ModelsFolder();
    const served = { lastModified: 'Tue, 01 Jul 2025 10:00:00 GMT' };
    await using server = await ModelServer.open(breakOff(DATA, 100_000, {}, served), serve(DATA, served));
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
    expect(server.requests[1].headers['if-range']).toBe(served.lastModified);
  });

  test.each([
    ['a weak tag', { etag: 'W/"one"' }],
    ['nothing', {}],
  ])('tells its files apart by %s is asked for the whole file again', async (_what, served) => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, {}, served), serve(DATA, served));
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
    expect(server.ranges).toEqual([undefined, undefined]);
  });

  test('goes on at another place than it was asked to is asked for the whole file', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(
      breakOff(DATA, 100_000),
      (_, response) =>
        response
          .writeHead(206, { 'content-range': `bytes 10-${DATA.length - 1}/${DATA.length}` })
          .end(DATA.subarray(10)),
      serve(DATA),
    );
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
    expect(server.ranges.at(-1)).toBeUndefined();
  });

  test('says that it sends more than it does has sent the file all the same', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(
      (_, response) => {
        response.writeHead(200, { 'content-length': DATA.length + 1000, etag: '"one"' });
        response.write(DATA, () => response.destroy());
      },
      status(416, { 'content-range': `bytes */${DATA.length}` }),
    );
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
  });

  test('says that it sends less than it does has sent another file', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open((_, response) => {
      // Node's own server refuses to lie, so the bytes go past it.
      response.socket?.end(
        Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nconnection: close\r\n\r\n'), DATA]),
      );
    });
    const error = await download(tiny(server.url, DATA)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_DIGEST' });
    expect(folder.files).toEqual([]);
  });

  test('sends another file is refused with both digests, and the file is deleted', async () => {
    using folder = new ModelsFolder();
    const other = content(DATA.length, 5);
    await using server = await ModelServer.open(serve(other));
    const error = await download(tiny(server.url, DATA)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_DIGEST', message: expect.stringContaining(sha256(DATA)) });
    expect(error).toMatchObject({ message: expect.stringContaining(sha256(other)) });
    expect(folder.files).toEqual([]);
  });

  test('sends without end is stopped, and nothing is kept', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open((_, response) => {
      const more = () => {
        if (response.writable) response.write(DATA, more);
      };
      more();
    });
    await expect(download(tiny(server.url, DATA))).rejects.toMatchObject({
      code: 'E_DIGEST',
      message: expect.stringContaining('more than the 300000 bytes of tiny'),
    });
    expect(folder.files).toEqual([]);
  });

  test.each([
    ['a web page', '<!doctype html><html>Sign in</html>', 'the server sent a web page'],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
      'the server sent a Git LFS pointer',
    ],
    ['an error as text', '{"error":"moved"}', 'the server sent a text file'],
  ])('sends %s is not believed, and what was there stays', async (_what, text, sentence) => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000), (_, response) => response.end(text));
    await expect(download(tiny(server.url, DATA))).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringContaining(sentence),
    });
    expect(server.requests).toHaveLength(2);
    expect(folder.files).toEqual(PART_FILES);
  });

  test.each([403, 404, 410])('answers %i is not asked again', async (code) => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(status(code));
    await expect(download(tiny(server.url, DATA))).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringContaining(`the server answered ${code}`),
    });
    expect(server.requests).toHaveLength(1);
    expect(folder.files).toEqual([]);
  });

  test.each([429, 500, 503])('answers %i is asked again', async (code) => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(status(code), status(code), serve(DATA));
    expect(await download(tiny(server.url, DATA))).toMatchObject({ digest: sha256(DATA) });
  });

  test('is not there is named with the reason', async () => {
    using _ = new ModelsFolder();
    const server = await ModelServer.open(serve(DATA));
    const { url } = server;
    await server[Symbol.asyncDispose]();
    await expect(download(tiny(url, DATA))).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringMatching(/ECONNREFUSED.*3 times in a row: try again later\.$/),
    });
  });
});

describe('a model whose digest nobody published', () => {
  test('has that of the first download recorded, which later ones must have', async () => {
    using folder = new ModelsFolder();
    const newer = content(DATA.length, 9);
    await using server = await ModelServer.open(serve(DATA), serve(newer));
    const model = tiny(server.url, DATA, { sha256: null });
    expect(await download(model)).toMatchObject({ trust: 'first', digest: sha256(DATA) });
    expect(await download(model)).toMatchObject({ trust: 'recorded' });

    const { removeModel } = await import('../../src/main/models/remove-model.ts');
    await removeModel(model);
    const error = await download(model).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_DIGEST', message: expect.stringContaining(sha256(DATA)) });
    expect(error).toMatchObject({ message: expect.stringContaining(sha256(newer)) });
    expect(error).toMatchObject({ message: expect.stringContaining('tiny.onnx.json') });
    expect(folder.files).toEqual(['tiny.onnx.json']);
  });

  test('may be a little larger than a rounded size says', async () => {
    using _ = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    const model = tiny(server.url, DATA, { bytes: 280_000, rounded: true });
    expect(await download(model)).toMatchObject({ bytes: DATA.length });
  });
});

describe('a file that somebody put in place', () => {
  test('is taken when it is the model', async () => {
    using folder = new ModelsFolder();
    writeFileSync(join(folder.path, 'tiny.onnx'), DATA);
    expect(await download(tiny('http://127.0.0.1:9/', DATA))).toMatchObject({ trust: 'catalogue' });
    expect(folder.files).toEqual(['tiny.onnx', 'tiny.onnx.json']);
  });

  test('is refused and left alone when it is another', async () => {
    using folder = new ModelsFolder();
    const other = content(1000, 3);
    writeFileSync(join(folder.path, 'tiny.onnx'), other);
    await expect(download(tiny('http://127.0.0.1:9/', DATA))).rejects.toMatchObject({
      code: 'E_DIGEST',
      message: expect.stringContaining('weft models remove tiny'),
    });
    expect(folder.files).toEqual(['tiny.onnx']);
  });
});

describe('a download that is stopped', () => {
  test('keeps what has arrived, and the next goes on from there', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, { stall: true }), serve(DATA));
    const stop = new AbortController();
    const model = tiny(server.url, DATA);
    const stopped = download(model, {
      signal: stop.signal,
      timing: { ...TIMING, stallMs: 60_000 },
      progress: (bytes) => bytes === 100_000 && stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(folder.files).toEqual(PART_FILES);
    expect(await download(model)).toMatchObject({ digest: sha256(DATA) });
    expect(server.ranges).toEqual([undefined, 'bytes=100000-']);
  });

  test('is so at once while it waits for a further try', async () => {
    using _ = new ModelsFolder();
    const stop = new AbortController();
    await using server = await ModelServer.open((request, response) => {
      status(500)(request, response);
      setImmediate(() => stop.abort(new Error('enough')));
    });
    const waiting = download(tiny(server.url, DATA), {
      signal: stop.signal,
      timing: { ...TIMING, retryMs: [3_600_000] },
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});
