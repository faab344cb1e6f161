import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from '../../src/main/engine/write-file.ts';
import type { Models, NodeContext } from '../../src/shared/node-api/context.ts';
import type { InputsOf, NodeDefinition } from '../../src/shared/node-api/define-node.ts';
import { Image } from '../../src/shared/node-api/image.ts';
import type { Media } from '../../src/shared/node-api/media.ts';
import { elementCount, NUMERIC_ARRAYS, Tensor } from '../../src/shared/node-api/tensor.ts';

export interface HeapContextOptions {
  readonly signal?: AbortSignal;
  readonly attempt?: number;
  readonly item?: number | null;
  readonly models?: Models;
  readonly media?: Media;
}

/** A `NodeContext` for unit tests of node bodies: values lie on the heap, and what a body tells the run is recorded. */
export class HeapContext implements NodeContext, AsyncDisposable {
  readonly signal: AbortSignal;
  readonly attempt: number;
  readonly item: number | null;
  readonly idempotencyKey: string;
  readonly models: Models;
  readonly media: Media;
  readonly logged: { level: string; message: string }[] = [];
  readonly progressed: (number | null)[] = [];
  expected: number | undefined;
  readonly fingerprinted: string[] = [];
  readonly kept = new Set<unknown>();
  #folder: Promise<string> | undefined;

  constructor(options: HeapContextOptions = {}) {
    this.signal = options.signal ?? new AbortController().signal;
    this.attempt = options.attempt ?? 1;
    this.item = options.item ?? null;
    this.idempotencyKey = `test:${this.item ?? 'one'}`;
    this.models = options.models ?? noModels;
    this.media = options.media ?? noMedia;
  }

  log: NodeContext['log'] = (level, message) => {
    this.logged.push({ level, message });
  };

  progress: NodeContext['progress'] = (done) => {
    this.progressed.push(done);
  };

  expectItems: NodeContext['expectItems'] = (count) => {
    this.expected = count;
  };

  tensor: NodeContext['tensor'] = (dtype, shape) =>
    new Tensor(dtype, shape, new NUMERIC_ARRAYS[dtype](elementCount(shape)));

  image: NodeContext['image'] = (depth, width, height, channels) => {
    const dtype = ({ u8: 'uint8', u16: 'uint16', f32: 'float32' } as const)[depth];
    const samples = new NUMERIC_ARRAYS[dtype](width * height * channels);
    // The table above pairs each depth with the array of its samples.
    return new Image(depth, width, height, channels, samples as never);
  };

  keep: NodeContext['keep'] = (value) => {
    this.kept.add(value);
    return value;
  };

  release: NodeContext['release'] = (value) => {
    this.kept.delete(value);
  };

  temporaryFolder: NodeContext['temporaryFolder'] = () => {
    this.#folder ??= mkdtemp(join(tmpdir(), 'weft-test-'));
    return this.#folder;
  };

  writeFile: NodeContext['writeFile'] = (path, content) => writeFile(path, content, this.signal);

  fingerprint: NodeContext['fingerprint'] = async (path) => {
    this.fingerprinted.push(path);
  };

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}

const noModels: Models = {
  download: () => Promise.reject(new Error('This test gave its context no models.')),
  load: () => Promise.reject(new Error('This test gave its context no models.')),
  run: () => Promise.reject(new Error('This test gave its context no models.')),
  benchmark: () => Promise.reject(new Error('This test gave its context no models.')),
  backends: () => Promise.reject(new Error('This test gave its context no models.')),
};

const noMedia: Media = {
  open: () => Promise.reject(new Error('This test gave its context no media.')),
  create: () => Promise.reject(new Error('This test gave its context no media.')),
  cameras: () => Promise.reject(new Error('This test gave its context no media.')),
};

type Outputs = Record<string, unknown>;

/**
 * Runs the `run` body of a node once. Inputs left out take the defaults of their pins, as in a graph. The result is
 * given back as it is, `SKIP` included.
 */
export async function runNode<R = Outputs>(
  node: NodeDefinition,
  inputs: Record<string, unknown> = {},
  ctx: NodeContext = new HeapContext(),
): Promise<R> {
  if (!('run' in node)) throw new Error(`${node.type} has no run body.`);
  return (await node.run(withDefaults(node, inputs), ctx)) as R;
}

/** All items of a node with a `source` body, in order. */
export async function itemsOf<R = Outputs>(
  node: NodeDefinition,
  inputs: Record<string, unknown> = {},
  ctx: NodeContext = new HeapContext(),
): Promise<R[]> {
  if (!('source' in node)) throw new Error(`${node.type} has no source body.`);
  const items: R[] = [];
  for await (const item of node.source(withDefaults(node, inputs), ctx)) items.push(item as R);
  return items;
}

/** What a node with an `open` body gives for each of `items`, one after the other; it is closed at the end. */
export async function processAll<R = Outputs>(
  node: NodeDefinition,
  items: readonly Record<string, unknown>[],
  ctx: NodeContext = new HeapContext(),
): Promise<R[]> {
  if (!('open' in node)) throw new Error(`${node.type} has no open body.`);
  const opened = await node.open({}, ctx);
  const results: R[] = [];
  for (const inputs of items) results.push((await opened.process(withDefaults(node, inputs), ctx)) as R);
  await opened.close?.('end');
  return results;
}

/** `inputs` with the defaults of the pins that are left out. */
export function withDefaults(
  node: NodeDefinition,
  inputs: Record<string, unknown>,
): InputsOf<NodeDefinition['inputs']> {
  const defaults = Object.entries(node.inputs).map(([name, { options }]) => [name, options.default]);
  return { ...Object.fromEntries(defaults), ...inputs };
}
