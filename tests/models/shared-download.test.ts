import { execFile as execFileWithCallback, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { CatalogueModel } from '../../src/main/models/catalogue.ts';
import { downloadModel } from '../../src/main/models/download.ts';
import { breakOff, ModelServer, serve } from './model-server.ts';
import { content, ModelsFolder, sha256, tiny } from './models-folder.ts';

const execFile = promisify(execFileWithCallback);
const DATA = content(300_000);
const SCRIPT = fileURLToPath(new URL('./processes/download.ts', import.meta.url));
const TIMING = { stallMs: 60_000, retryMs: [], refreshMs: 5_000, staleMs: 60_000, pollMs: 5 };

/** A process that downloads; it ends with its test at the latest. */
class Downloading implements Disposable {
  readonly #process;
  readonly #lines;
  readonly output: string[] = [];
  readonly ended: Promise<unknown>;

  constructor(model: CatalogueModel) {
    const args = [SCRIPT, JSON.stringify({ model, timing: TIMING })];
    this.#process = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    const errors = text(this.#process.stderr);
    this.ended = once(this.#process, 'close').then(async ([code]) => {
      if (code === 1) throw new Error(await errors);
    });
    this.ended.catch(() => {});
  }

  /** Waits for a line that begins so. */
  async line(beginning: string): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) {
        await this.ended;
        throw new Error(`It never said "${beginning}": ${this.output.join(', ')}`);
      }
      this.output.push(value);
      if (value.startsWith(beginning)) return value;
    }
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  [Symbol.dispose](): void {
    this.#process.kill('SIGKILL');
  }
}

describe('a process that is killed in the middle of a download', () => {
  test('leaves what has arrived to the next, which goes on from there', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, { stall: true }), serve(DATA));
    const model = tiny(server.url, DATA);
    using first = new Downloading(model);
    await first.line('has 100000');
    // It has told of the bytes before it writes them.
    while (statSync(join(folder.path, 'tiny.onnx.part')).size < 100_000) await new Promise(setImmediate);
    await first.kill();
    expect(folder.files).toEqual(['tiny.onnx.lock', 'tiny.onnx.part', 'tiny.onnx.part.json']);

    using second = new Downloading(model);
    await second.line('done catalogue');
    expect(server.ranges).toEqual([undefined, 'bytes=100000-']);
    expect(Buffer.compare(readFileSync(join(folder.path, 'tiny.onnx')), DATA)).toBe(0);
    await second.ended;
    expect(folder.files).toEqual(['tiny.onnx', 'tiny.onnx.json']);
  });
});

describe('of two processes that ask for the same model', () => {
  test('one downloads and the other takes its result', async () => {
    using _ = new ModelsFolder();
    let release = () => {};
    await using server = await ModelServer.open((request, response) => {
      release = () => serve(DATA)(request, response);
    });
    const model = tiny(server.url, DATA);
    using first = new Downloading(model);
    while (server.requests.length === 0) await new Promise(setImmediate);
    using second = new Downloading(model);
    await second.line('waits');
    release();
    const [one, other] = await Promise.all([first.line('done'), second.line('done')]);
    expect(one).toBe(other);
    expect(server.requests).toHaveLength(1);
    expect(second.output.some((line) => line.startsWith('has'))).toBe(false);
  });

  test('the one that waits goes on when the other is killed', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, { stall: true }), serve(DATA));
    const model = tiny(server.url, DATA);
    using first = new Downloading(model);
    await first.line('has 100000');
    using second = new Downloading(model);
    await second.line('waits');
    await first.kill();
    await second.line('done');
    expect(sha256(readFileSync(join(folder.path, 'tiny.onnx')))).toBe(sha256(DATA));
    expect(server.requests).toHaveLength(2);
  });
});

test('two nodes of one process that ask for the same model get one download', async () => {
  using _ = new ModelsFolder();
  await using server = await ModelServer.open(serve(DATA));
  const model = tiny(server.url, DATA);
  const options = { signal: new AbortController().signal, timing: TIMING };
  const [one, other] = await Promise.all([downloadModel(model, options), downloadModel(model, options)]);
  expect(one).toEqual(other);
  expect(server.requests).toHaveLength(1);
});

describe('a lock', () => {
  const ofDeadThread = { token: 'gone', pid: process.pid, host: hostname() };
  const ofOtherMachine = { token: 'far', pid: 1, host: 'another-machine' };

  test.each([
    ['a thread that was stopped', ofDeadThread],
    ['another machine', ofOtherMachine],
  ])('of %s is taken over when it has shown no sign of life for a while', async (_what, owner) => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(serve(DATA));
    const lock = join(folder.path, 'tiny.onnx.lock');
    writeFileSync(lock, JSON.stringify(owner));
    const stop = new AbortController();
    const model = tiny(server.url, DATA);
    const stopped = downloadModel(model, {
      signal: stop.signal,
      timing: TIMING,
      waiting: () => stop.abort(new Error('it waits')),
    });
    await expect(stopped).rejects.toThrow('it waits');
    expect(server.requests).toHaveLength(0);

    const longAgo = new Date(Date.now() - TIMING.staleMs - 1000);
    utimesSync(lock, longAgo, longAgo);
    await downloadModel(model, { signal: new AbortController().signal, timing: TIMING });
    expect(folder.files).toEqual(['tiny.onnx', 'tiny.onnx.json']);
  });

  test('that was taken over ends the download, and the result of the other is waited for', async () => {
    using folder = new ModelsFolder();
    await using server = await ModelServer.open(breakOff(DATA, 100_000, { stall: true }));
    const model = tiny(server.url, DATA);
    const lock = join(folder.path, 'tiny.onnx.lock');
    const waits = Promise.withResolvers<void>();
    const result = downloadModel(model, {
      signal: new AbortController().signal,
      timing: { ...TIMING, refreshMs: 5 },
      progress: () => writeFileSync(lock, JSON.stringify({ ...ofOtherMachine, token: 'taken' })),
      waiting: () => waits.resolve(),
    });
    await waits.promise;
    writeFileSync(join(folder.path, 'tiny.onnx'), DATA);
    const longAgo = new Date(0);
    utimesSync(lock, longAgo, longAgo);
    expect(await result).toMatchObject({ digest: sha256(DATA) });
    expect(server.requests).toHaveLength(1);
  });

  test('that is being written is waited for', async () => {
    using folder = new ModelsFolder();
    writeFileSync(join(folder.path, 'tiny.onnx.lock'), '');
    const stop = new AbortController();
    const waiting = downloadModel(tiny('http://127.0.0.1:9/', DATA), {
      signal: stop.signal,
      timing: TIMING,
      waiting: () => stop.abort(new Error('it waits')),
    });
    await expect(waiting).rejects.toThrow('it waits');
    expect(existsSync(join(folder.path, 'tiny.onnx.lock'))).toBe(true);
  });
});

test('a disk that is full ends the download with a sentence, and nothing of it stays', async () => {
  using folder = new ModelsFolder();
  await using server = await ModelServer.open(serve(DATA));
  const argument = JSON.stringify({ model: tiny(server.url, DATA), timing: TIMING });
  // A limit on the size of files stands in for the disk. Without the trap its signal would end the process.
  const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`;
  const run = execFile('bash', ['-c', limited, process.execPath, SCRIPT, argument]);
  await expect(run).rejects.toMatchObject({
    stderr: expect.stringMatching(
      /tiny\.onnx\.part could not be written \(EFBIG\): make room on the disk, then try again\./,
    ),
  });
  expect(folder.files).toEqual([]);
});
