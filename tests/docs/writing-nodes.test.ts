import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Registry } from '../../src/main/registry/registry.ts';
import type { Detections } from '../../src/shared/node-api/detections.ts';
import { detectionsOf } from '../nodes/detect/detections.ts';
import { HeapContext, runNode } from '../nodes/node-context.ts';

const page = readFileSync(new URL('../../docs/writing-nodes.md', import.meta.url), 'utf8');

/** The nodes on the page, by the path that their first line gives, below `~/.weft/nodes`. */
const nodesOnPage = new Map(
  [...page.matchAll(/```ts\n\/\/ ~\/\.weft\/nodes\/(\S+)\n(.*?)```/gs)].map(([, path, code]) => [path, code]),
);

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-docs-'));
  for (const [path, code] of nodesOnPage) {
    const file = join(folder, 'nodes', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
  registry = await Registry.open({ folders: [join(folder, 'nodes')], cache: join(folder, 'cache') });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/writing-nodes.md', () => {
  test('its nodes work when they are copied from the page', async () => {
    expect(registry.problems).toEqual([]);
    const detections = detectionsOf([
      { box: [0, 0, 1, 1], score: 0.9 },
      { box: [0, 0, 30, 10], score: 0.5 },
      { box: [0, 0, 10, 10], score: 0.7 },
    ]);
    const result = await runNode<{ detections: Detections }>(await registry.load('detect/largest@1'), {
      detections,
      count: 2,
    });
    expect(result.detections.scores).toEqual(Float32Array.of(0.5, 0.7));
  });

  test('its node with state adds up a stream', async () => {
    const node = await registry.load('flow/running-sum@1');
    if (!('open' in node)) throw new Error('flow/running-sum has no open body.');
    const ctx = new HeapContext();
    const opened = await node.open({}, ctx);
    expect(await opened.process({ value: 2 }, ctx)).toEqual({ sum: 2 });
    expect(await opened.process({ value: 3 }, ctx)).toEqual({ sum: 5 });
  });

  test('every file it sends the reader to is there', () => {
    const paths = [...page.matchAll(/`((?:nodes|src|tests|docs)\/[\w./@-]+\.(?:ts|md))`/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  });
});
