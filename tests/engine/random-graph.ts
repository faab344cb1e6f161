import type { GraphNode, Policy, Wire } from '../../src/shared/graph/document.ts';
import { type NodeDefinition, SKIP } from '../../src/shared/node-api/define-node.ts';
import { pin } from '../../src/shared/node-api/pins.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import { numberPin, type seeded, testNode, turn } from './test-graph.ts';

/** A graph as its file has it. */
export interface RandomGraph {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
}

/** How one call of a node goes, worked out from its inputs alone. `failures`: attempts that fail before one succeeds. */
export type Outcome =
  | { readonly outputs: Readonly<Record<string, unknown>> | typeof SKIP; readonly failures?: number }
  | { readonly error: 'E_VALUE' | 'E_NETWORK' };

interface Kind {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly acceptsSkipped?: true;
  compute(inputs: Readonly<Record<string, number | undefined>>): Outcome;
}

const given = (value: number): Outcome => ({ outputs: { value: value % 1009 } });

/** Nodes without state, by name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  add: {
    inputs: ['a', 'b'],
    outputs: ['value'],
    compute: ({ a = 0, b = 0 }) => given(3 * a + b),
  },
  increase: {
    inputs: ['value'],
    outputs: ['value'],
    compute: ({ value = 0 }) => given(value + 1),
  },
  break: {
    inputs: ['value'],
    outputs: ['value'],
    compute: ({ value = 0 }) => (value % 3 === 1 ? { error: 'E_VALUE' } : given(value + 2)),
  },
  drop: {
    inputs: ['value'],
    outputs: ['value'],
    compute: ({ value = 0 }) => (value % 3 === 2 ? { outputs: SKIP } : given(value + 3)),
  },
  branch: {
    inputs: ['test', 'value'],
    outputs: ['yes', 'no'],
    compute: ({ test = 0, value = 0 }) => ({ outputs: test % 2 ? { yes: value, no: SKIP } : { yes: SKIP, no: value } }),
  },
  merge: {
    inputs: ['a', 'b'],
    outputs: ['value'],
    acceptsSkipped: true,
    compute: ({ a, b }) => (a === undefined && b === undefined ? { outputs: SKIP } : given(a ?? b ?? 0)),
  },
  /** Fails in its first 0 to 2 attempts. */
  flaky: {
    inputs: ['value'],
    outputs: ['value'],
    compute: ({ value = 0 }) => ({ ...given(value + 4), failures: value % 3 }),
  },
};

/** What an attempt that fails at `flaky` fails with. */
export const FLAKY_ERROR = 'E_NETWORK';

/** Every kind, once with a body that returns at once and once with one that takes a turn of the event loop. */
export function randomNodes(received: (sink: string, item: number | null, value: unknown) => void): NodeDefinition[] {
  const stateless = Object.entries(KINDS).flatMap(([name, { inputs, outputs, acceptsSkipped, compute }]) => {
    const inputPin = acceptsSkipped ? pin.number({ optional: true, acceptsSkipped: true }) : pin.number();
    const pins = {
      inputs: Object.fromEntries(inputs.map((input) => [input, inputPin])),
      outputs: Object.fromEntries(outputs.map((output) => [output, pin.number()])),
    };
    const run = (values: Readonly<Record<string, number | undefined>>, { attempt }: { attempt: number }) => {
      const outcome = compute(values);
      if ('error' in outcome) throw new WeftError(outcome.error, `${name} cannot take this.`);
      if (attempt <= (outcome.failures ?? 0)) throw new WeftError(FLAKY_ERROR, `${name} failed.`);
      return outcome.outputs as Record<string, number>;
    };
    return [
      testNode(name, { ...pins, run }),
      testNode(`${name}-later`, {
        ...pins,
        async run(values, ctx) {
          await turn();
          return run(values, ctx);
        },
      }),
    ];
  });
  return [
    ...stateless,
    testNode('count', {
      inputs: { value: pin.number() },
      outputs: numberPin,
      *source({ value }) {
        for (let k = 0; k < value % 9; k++) yield { value: value + k };
      },
    }),
    testNode('running-sum', {
      inputs: { value: pin.number() },
      outputs: numberPin,
      open() {
        let sum = 0;
        return {
          process({ value }) {
            sum += value;
            return { value: sum };
          },
        };
      },
    }),
    testNode('sum', {
      inputs: { value: pin.number() },
      outputs: numberPin,
      collect() {
        let sum = 0;
        return {
          async add({ value }) {
            await turn();
            sum += value;
          },
          result: () => ({ value: sum }),
        };
      },
    }),
    testNode('sink', {
      effects: 'shows',
      inputs: { name: pin.string(), value: pin.number() },
      outputs: {},
      run({ name, value }, { item }) {
        received(name, item, value);
        return {};
      },
    }),
  ];
}

/** An output that later nodes may be wired to. */
interface Source {
  readonly node: string;
  readonly pin: string;
  /** Number of the stream that it belongs to; -1 for none. */
  readonly stream: number;
  /** Highest number of a stream that must have ended before it has a value; -1 for none. */
  readonly ended: number;
}

/** Streams are numbered, and each waits at most for the ends of those before: so no graph waits for itself. */
export function randomGraph(random: ReturnType<typeof seeded>): RandomGraph {
  const nodes: GraphNode[] = [];
  const wires: Wire[] = [];
  const sources: Source[] = [];
  let streams = 0;
  const count = 4 + random.below(24);
  const names = Object.keys(KINDS);

  const policy = (): Policy => ({
    ...(random.chance(0.5) ? { attempts: 1 + random.below(3) } : {}),
    ...(random.chance(0.3) ? { retryOn: random.chance(0.5) ? ['E_VALUE'] : ['E_NETWORK', 'E_VALUE'] } : {}),
    ...(random.chance(0.65) ? { onError: 'skip' } : {}),
    ...(random.chance(0.2) ? { keep: true } : {}),
  });

  const place = (id: string, type: string, inputs: readonly string[], outputs: readonly string[]): void => {
    const isSource = type === 'count';
    let stream = -1;
    let ended = -1;
    const params: Record<string, string | number> = type === 'sink' ? { name: id } : {};
    for (const input of inputs) {
      const fits = sources.filter((source) => {
        const joined = isSource ? streams : Math.max(stream, source.stream);
        const mixes = source.stream !== -1 && (isSource || (stream !== -1 && stream !== source.stream));
        return !mixes && (joined === -1 || Math.max(ended, source.ended) < joined);
      });
      // Mostly from one placed shortly before, so that chains and streams grow long.
      const near = type === 'sink' ? fits : fits.slice(-6);
      const source = random.chance(type === 'sink' ? 1 : 0.85) ? near[random.below(near.length)] : undefined;
      if (source === undefined) {
        params[input] = random.below(40);
        continue;
      }
      if (source.stream !== -1) stream = source.stream;
      ended = Math.max(ended, source.ended);
      if (input === source.pin && random.chance(0.5)) {
        wires.push({ from: source.node, to: id });
        // A literal under a wire, and a second wire for the same name: neither counts.
        if (random.chance(0.3)) params[input] = 39;
        if (random.chance(0.3)) wires.push({ from: fits[random.below(fits.length)].node, to: id });
      } else {
        wires.push({ from: `${source.node}.${source.pin}`, to: `${id}.${input}` });
      }
    }
    if (isSource) stream = streams++;
    if (type === 'sum' && stream !== -1) {
      ended = Math.max(ended, stream);
      stream = -1;
    }
    const bypass = (type === 'add' || type === 'increase') && random.chance(0.3);
    nodes.push({ id, type: `test/${type}@1`, params, policy: policy(), ...(bypass ? { bypass } : {}) });
    for (const output of outputs) sources.push({ node: id, pin: output, stream, ended });
  };

  if (random.chance(0.8)) place('numbers', 'count', ['value'], ['value']);
  for (let k = 0; k < count; k++) {
    const id = `n${k}`;
    const dice = random.below(12);
    if (dice === 0) place(id, 'count', ['value'], ['value']);
    else if (dice === 1) place(id, 'running-sum', ['value'], ['value']);
    else if (dice === 2) place(id, 'sum', ['value'], ['value']);
    else {
      const name = names[random.below(names.length)];
      const { inputs, outputs } = KINDS[name];
      place(id, random.chance(0.4) ? `${name}-later` : name, inputs, outputs);
    }
  }
  for (let k = 0; k < 6; k++) place(`sink${k}`, 'sink', ['value'], []);
  // Nodes stand in a file in any order.
  for (let k = nodes.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [nodes[k], nodes[other]] = [nodes[other], nodes[k]];
  }
  return { nodes, wires };
}
