import { tmpdir, totalmem } from 'node:os';
import { expect } from 'vitest';
import { compilePlan } from '../../src/main/engine/compile-plan.ts';
import { Engine } from '../../src/main/engine/engine.ts';
import type { EngineOptions } from '../../src/main/engine/engine-options.ts';
import { Heartbeat } from '../../src/main/engine/heartbeat.ts';
import type { Plan } from '../../src/main/engine/plan.ts';
import { selectNodes } from '../../src/main/engine/select-nodes.ts';
import { nodeSpawner } from '../../src/main/isolates/spawn-node.ts';
import { SegmentPool } from '../../src/main/store/segment-pool.ts';
import { checkGraph } from '../../src/shared/graph/check.ts';
import type { CheckedGraph } from '../../src/shared/graph/checked-graph.ts';
import type { Graph, GraphNode, Wire } from '../../src/shared/graph/document.ts';
import type {
  CloseReason,
  Effect,
  InputsOf,
  NodeBody,
  NodeDefinition,
  OutputsOf,
} from '../../src/shared/node-api/define-node.ts';
import { defineNode } from '../../src/shared/node-api/define-node.ts';
import { type Pin, pin } from '../../src/shared/node-api/pins.ts';
import { signatureOf } from '../../src/shared/node-api/signature.ts';
import { WeftError } from '../../src/shared/node-api/weft-error.ts';
import type { Stage } from '../../src/shared/protocol/engine-calls.ts';
import type { RunEvent, RunSummary } from '../../src/shared/protocol/run-events.ts';
import { expandBatch } from '../../src/shared/protocol/status-batch.ts';

/** Wires are written `from.pin -> to.pin`. */
export function graphOf(nodes: readonly GraphNode[], wires: readonly string[], rest: Partial<Graph> = {}): Graph {
  return { weft: 1, nodes: [...nodes], wires: wires.map(edge), ...rest };
}

type Pins = Readonly<Record<string, Pin<unknown>>>;

/** A node with its type for title and summary. */
export function testNode<const I extends Pins, const O extends Pins>(
  name: string,
  node: { readonly inputs: I; readonly outputs: O; readonly effects?: Effect; readonly live?: true } & NodeBody<
    InputsOf<I>,
    OutputsOf<O>
  >,
): NodeDefinition {
  return defineNode<I, O>({ type: `test/${name}`, version: 1, title: name, summary: name, ...node });
}

/** Hands every value that reaches it to the test, as the very object that it is, and in order. */
export function sink(received: (value: unknown, item: number | null) => void): NodeDefinition {
  return testNode('sink', {
    effects: 'shows',
    inputs: { value: pin.any() },
    outputs: {},
    run({ value }, ctx) {
      received(value, ctx.item);
      return {};
    },
  });
}

/** Gives the whole numbers from 0 up to `count`. */
export function numbers(count: number): NodeDefinition {
  return testNode('numbers', {
    inputs: {},
    outputs: { value: pin.number() },
    count: () => count,
    *source() {
      for (let value = 0; value < count; value++) yield { value };
    },
  });
}

/** Gathers what reaches it, and gives the list. */
export const gather: NodeDefinition = testNode('gather', {
  inputs: { value: pin.any() },
  outputs: { list: pin.any() },
  collect() {
    const list: unknown[] = [];
    return {
      add({ value }, ctx) {
        list.push(ctx.keep(value));
      },
      result: () => ({ list }),
    };
  },
});

/** The whole numbers from 0 up to `count`. */
export const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

/** One pin, `value`. */
export const numberPin = { value: pin.number() };

/** Passes numbers on after 0 to 3 turns of the event loop, so that items overtake each other. */
export function delayed(name: string, seed: number) {
  const random = seeded(seed);
  return testNode(name, {
    inputs: numberPin,
    outputs: numberPin,
    async run(inputs) {
      for (let turns = random.below(4); turns > 0; turns--) await turn();
      return inputs;
    },
  });
}

/** Fails for the items in `bad`. */
export function failsFor(bad: (value: number) => boolean) {
  return testNode('fails', {
    inputs: numberPin,
    outputs: numberPin,
    run(inputs) {
      if (bad(inputs.value)) throw new WeftError('E_VALUE', `No luck with ${inputs.value}.`);
      return inputs;
    },
  });
}

/** A source of 0, 1, 2… without end that tells when it is cleaned up. */
export function endless(log: string[], each: (value: number) => void | Promise<void> = () => {}) {
  return testNode('endless', {
    inputs: {},
    outputs: numberPin,
    async *source() {
      try {
        for (let value = 0; ; value++) {
          await each(value);
          yield { value };
        }
      } finally {
        log.push('source cleaned up');
      }
    },
  });
}

/** Holds state, and tells when it is opened and closed. */
export function counter(log: string[]) {
  return testNode('counter', {
    inputs: numberPin,
    outputs: numberPin,
    open() {
      log.push('opened');
      let count = 0;
      return {
        process: () => ({ value: count++ }),
        close(reason: CloseReason) {
          log.push(`closed: ${reason}`);
        },
      };
    },
  });
}

/** The parts of a graph's node that tests set. */
export type Placed = { readonly use: NodeDefinition } & Pick<GraphNode, 'params' | 'policy' | 'bypass' | 'ui'>;
export type PlacedNodes = Readonly<Record<string, NodeDefinition | Placed>>;

/** Nodes by id. Wires are written `from.pin -> to.pin`, and orders without data `from -> to` in `after`. */
export function checkedOf(nodes: PlacedNodes, wires: readonly string[] = [], after: readonly string[] = []): Checked {
  const placed = Object.entries(nodes).map(([id, node]) => ({ id, ...('use' in node ? node : { use: node }) }));
  const graph = graphOf(
    placed.map(({ use, ...rest }) => ({ ...rest, type: idOf(use) })),
    wires,
    { after: after.map(edge) },
  );
  return check(
    graph,
    placed.map(({ use }) => use),
  );
}

export function planOf(nodes: PlacedNodes, wires: readonly string[] = [], after: readonly string[] = []): Plan {
  return compile(checkedOf(nodes, wires, after));
}

export function planOfGraph(graph: Graph, nodes: readonly NodeDefinition[]): Plan {
  return compile(check(graph, nodes));
}

interface Checked {
  readonly checked: CheckedGraph;
  readonly definitions: ReadonlyMap<string, NodeDefinition>;
}

function check(graph: Graph, nodes: readonly NodeDefinition[]): Checked {
  const definitions = new Map<string, NodeDefinition>();
  for (const node of nodes) {
    if ((definitions.get(idOf(node)) ?? node) !== node) throw new Error(`The test defines ${idOf(node)} twice.`);
    definitions.set(idOf(node), node);
  }
  const signatures = new Map([...definitions].map(([id, node]) => [id, signatureOf(node)]));
  return { checked: checkGraph(graph, (id) => signatures.get(id), {}), definitions };
}

function compile({ checked, definitions }: Checked): Plan {
  if (checked.problems.length > 0) throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  const definitionOf = (id: string) => {
    const definition = definitions.get(id);
    if (definition === undefined) throw new Error(`The test defines no node ${id}.`);
    return definition;
  };
  return compilePlan(checked, definitionOf, { graphFolder: tmpdir(), outFolder: tmpdir() });
}

function idOf({ type, version }: NodeDefinition): string {
  return `${type}@${version}`;
}

function edge(text: string): Wire {
  const [from, to] = text.split(' -> ');
  return { from, to };
}

/** An engine in the test's own thread, with a real arena and real isolates. */
export async function testEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const engine = await Engine.open({
    segments: new SegmentPool(),
    spawner: nodeSpawner(),
    heartbeat: new Heartbeat(),
    budgetBytes: totalmem() / 2,
    nodesFolders: [],
    poison: true,
    checkInputs: true,
    ...options,
  });
  return new TestEngine(engine);
}

export interface TestRun {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** How each node ended, by id. */
  readonly states: Readonly<Record<string, FinishedEvent['status']>>;
}

export type FinishedEvent = Extract<RunEvent, { event: 'node.finished' }>;

/** `node`'s end in a run. */
export function endOf(run: TestRun, node: string): FinishedEvent {
  const found = run.events.find((event) => event.event === 'node.finished' && event.node === node);
  if (found?.event !== 'node.finished') throw new Error(`${node} has not ended.`);
  return found;
}

export interface RunSettings {
  /** Ids of nodes to run to. */
  readonly to?: readonly string[];
  /** Ids of nodes to run from. */
  readonly from?: readonly string[];
  readonly shownIn?: Stage;
  readonly record?: boolean;
  readonly out?: string;
  readonly timeoutMs?: number;
  /** Called before anything runs. */
  readonly started?: (run: string) => void;
  readonly event?: (event: RunEvent) => void;
}

export class TestEngine implements AsyncDisposable {
  readonly engine: Engine;
  #runs = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Id that the next run will have. */
  get nextRun(): string {
    return `test-${this.#runs + 1}`;
  }

  async run(plan: Plan, settings: RunSettings = {}): Promise<TestRun> {
    const { out = tmpdir(), timeoutMs, shownIn, record, started, event: told } = settings;
    const events: RunEvent[] = [];
    const id = this.nextRun;
    const serial = ++this.#runs;
    let ids: readonly string[] = [];
    const selection = selectNodes(plan, settings, shownIn && this.engine.previews.watchedNodes(shownIn));
    const request = { out, timeoutMs, shownIn, record };
    const origins = () => () => null;
    const summary = await this.engine.runPlan(
      plan,
      { id, serial, name: 'test', selection, request, notes: [], origins },
      {
        started: (_run, _serial, names) => {
          ids = names;
          started?.(id);
        },
        batch: (batch) => {
          for (const event of expandBatch(batch, ids)) {
            events.push(event);
            told?.(event);
          }
        },
      },
    );
    const ends = events.filter((event): event is FinishedEvent => event.event === 'node.finished');
    return { summary, events, states: Object.fromEntries(ends.map(({ node, status }) => [node, status])) };
  }

  /** What the runs held has been given back, but for the cache; it is emptied here. */
  async expectNothingHeld(): Promise<void> {
    this.engine.forgetResults();
    await this.engine.store.disposalsEnded();
    const { arena, heapBytes } = this.engine.store.stats();
    const { liveBytes, slabs, loans } = arena;
    expect({ heapBytes, liveBytes, slabs, loans }).toEqual({ heapBytes: 0, liveBytes: 0, slabs: 0, loans: 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine.close();
  }
}

/** A turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Random numbers from a seed, the same on every machine: mulberry32. */
export function seeded(seed: number): { below(limit: number): number; chance(probability: number): boolean } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (limit) => Math.floor(next() * limit), chance: (probability) => next() < probability };
}
