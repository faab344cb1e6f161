import latest from '../../nodes/flow/latest.ts';
import sample from '../../nodes/flow/sample.ts';
import window from '../../nodes/flow/window.ts';
import zip from '../../nodes/flow/zip.ts';
import { StreamRelations } from '../../src/shared/graph/stream-relations.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { delayed, failsFor, type Placed, type seeded, testNode, upTo } from './test-graph.ts';

/** A stream as it is worked out apart from the engine: for each of its items, the number of the source's item. */
interface Items {
  readonly stream: number;
  readonly source: number;
  readonly origins: readonly number[];
}

/** What an output gives for each item of a stream; undefined for a hole. */
interface Output extends Items {
  readonly from: string;
  readonly values: readonly (number | undefined)[];
}

export interface RandomStreams {
  readonly nodes: Readonly<Record<string, Placed>>;
  readonly wires: readonly string[];
  /** What each sink receives, by its name. */
  readonly expected: ReadonlyMap<string, readonly { readonly item: number; readonly value: number }[]>;
}

const add = testNode('add', {
  inputs: { a: pin.number(), b: pin.number() },
  outputs: { value: pin.number() },
  run: ({ a, b }) => ({ value: sum(a, b) }),
});

const total = testNode('total', {
  inputs: { list: pin.list(pin.number()) },
  outputs: { value: pin.number() },
  run: ({ list }) => ({ value: list.reduce(sum, 0) }),
});

const sum = (a: number, b: number) => (3 * a + b) % 1009;
const isBad = (value: number) => value % 4 === 2;

const count = testNode('count', {
  inputs: { first: pin.number(), items: pin.number() },
  outputs: { value: pin.number() },
  *source({ first, items }) {
    for (const k of upTo(items)) yield { value: first + k };
  },
});

const fails = failsFor(isBad);

/** Streams that are thinned, gathered, joined and split at random, and what they should give. */
export function randomStreams(random: ReturnType<typeof seeded>): RandomStreams {
  const nodes: Record<string, Placed> = {};
  const wires: string[] = [];
  const outputs: Output[] = [];
  const relations = new StreamRelations(64);
  const slow = delayed('slow', random.below(1000));
  let streams = 0;

  const place = (use: Placed, inputs: Readonly<Record<string, Output>>): string => {
    const id = `n${Object.keys(nodes).length}`;
    nodes[id] = use;
    for (const [name, { from }] of Object.entries(inputs)) wires.push(`${from} -> ${id}.${name}`);
    return id;
  };
  const pick = (among: readonly Output[]) => among[random.below(among.length)];
  const any = () => pick(outputs.slice(-8));

  const begin = (value: Output, taken: readonly number[]): Items => {
    const stream = streams++;
    relations.begin(stream, value.stream);
    return { stream, source: value.source, origins: taken.map((index) => value.origins[index]) };
  };
  const existing = (value: Output) => upTo(value.values.length).filter((index) => value.values[index] !== undefined);

  const source = () => {
    const params = { first: random.below(50), items: random.below(25) };
    const id = place({ use: count, params }, {});
    const origins = upTo(params.items);
    const stream = streams++;
    const values = origins.map((k) => params.first + k);
    outputs.push({ from: `${id}.value`, stream, source: stream, origins, values });
  };

  const steps = [
    source,
    () => {
      const value = any();
      outputs.push({ ...value, from: `${place({ use: slow }, { value })}.value` });
    },
    () => {
      const value = any();
      const id = place({ use: fails, policy: { onError: 'skip' } }, { value });
      const values = value.values.map((item) => (item === undefined || isBad(item) ? undefined : item));
      outputs.push({ ...value, from: `${id}.value`, values });
    },
    () => {
      const value = any();
      const every = 1 + random.below(4);
      const id = place({ use: sample, params: { every } }, { value });
      const taken = existing(value).filter((_, k) => k % every === 0);
      outputs.push({ ...begin(value, taken), from: `${id}.value`, values: taken.map((index) => value.values[index]) });
    },
    () => {
      const value = any();
      const [size, step] = [1 + random.below(4), 1 + random.below(4)];
      const id = place({ use: window, params: { size, step } }, { value });
      const all = existing(value);
      const lists = upTo(all.length).flatMap((k) => (k % step === 0 ? [all.slice(k, k + size)] : []));
      const full = lists.filter(({ length }) => length === size);
      const items = begin(
        value,
        full.map((list) => list[size - 1]),
      );
      const list = { ...items, from: `${id}.list`, values: [] };
      const values = full.map((indices) => indices.reduce((so, index) => sum(so, value.values[index] ?? 0), 0));
      outputs.push({ ...items, from: `${place({ use: total }, { list })}.value`, values });
    },
    () => {
      const a = any();
      const b = pick(outputs.filter(({ stream }) => stream === a.stream));
      const from = `${place({ use: add }, { a, b })}.value`;
      outputs.push({ ...a, from, values: a.values.map((value, k) => both(value, b.values[k])) });
    },
    () => {
      const [a, b] = [any(), any()];
      if (a.stream === b.stream || !relations.pair(a.stream, b.stream)) return;
      const id = place({ use: zip }, { a, b });
      const sides = { a: { ...a, from: `${id}.a` }, b: { ...b, from: `${id}.b` } };
      const from = `${place({ use: add }, sides)}.value`;
      outputs.push({ ...a, from, values: a.values.map((value, k) => both(value, b.values[k])) });
    },
    () => {
      const [a, b] = [any(), any()];
      if (a.stream === b.stream || !relations.follow(a.stream, b.stream)) return;
      const id = place({ use: latest }, { value: a, other: b });
      const kept = { ...a, from: `${id}.value` };
      if (a.source !== b.source) {
        // Which item is the newest, only the moment tells; but that there is one.
        const isThere = existing(b).length > 0;
        outputs.push({ ...kept, values: a.values.map((value) => (isThere ? value : undefined)) });
        return;
      }
      const from = `${place({ use: add }, { a: kept, b: { ...b, from: `${id}.other` } })}.value`;
      const newest = (origin: number) => b.values.findLast((value, k) => value !== undefined && b.origins[k] <= origin);
      outputs.push({ ...a, from, values: a.values.map((value, k) => both(value, newest(a.origins[k]))) });
    },
  ];

  source();
  for (const _ of upTo(6 + random.below(16))) steps[random.below(steps.length)]();
  const ends = outputs.filter((_, k) => k === outputs.length - 1 || random.chance(0.4));
  const expected = ends.map(({ values }) =>
    values.flatMap((value, item) => (value === undefined ? [] : [{ item, value }])),
  );
  for (const [k, { from }] of ends.entries()) wires.push(`${from} -> sink${k}.value`);
  return { nodes, wires, expected: new Map(expected.map((items, k) => [`sink${k}`, items])) };
}

function both(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : sum(a, b);
}
