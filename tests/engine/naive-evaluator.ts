import type { GraphNode } from '../../src/shared/graph/document.ts';
import { SKIP } from '../../src/shared/node-api/define-node.ts';
import { FLAKY_ERROR, KINDS, type RandomGraph } from './random-graph.ts';

const FAILED = Symbol('failed');
type Value = number | typeof SKIP | typeof FAILED | undefined;
type Values = Readonly<Record<string, Value>>;
/** What a node came to, for one item or for good. */
interface Result {
  readonly state: 'done' | 'failed' | 'skipped';
  readonly outputs: Values;
}

/** Where a value comes from: an output, or a literal. */
type Origin = { readonly node: GraphNode; readonly pin: string } | { readonly literal: number | undefined };

const ONCE = -1;

/**
 * Evaluates a graph by asking each node for its value, and it those before it: as little code as engine.md allows, and
 * none of the engine's. An item is a number from 0; `ONCE` stands for what runs once.
 */
export class NaiveEvaluator {
  readonly #graph: RandomGraph;
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #known = new Map<string, Result>();

  constructor(graph: RandomGraph) {
    this.#graph = graph;
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  }

  get sinks(): GraphNode[] {
    return this.#graph.nodes.filter((node) => kindOf(node) === 'sink');
  }

  /** What reaches a sink, item by item; the items of a stream that an error stops are all worked out. */
  received(sink: GraphNode): { item: number | null; value: number }[] {
    return this.#itemsOf(sink).flatMap((item) => {
      const value = this.#input(sink, 'value', item);
      return typeof value === 'number' ? [{ item: item === ONCE ? null : item, value }] : [];
    });
  }

  /** The source of the stream that a node runs in; undefined when it runs once. */
  streamOf(node: GraphNode): GraphNode | undefined {
    if (kindOf(node) === 'count') return undefined;
    for (const input of inputsOf(node)) {
      const origin = this.#origin(node, input);
      if ('literal' in origin || kindOf(origin.node) === 'sum') continue;
      const stream = kindOf(origin.node) === 'count' ? origin.node : this.streamOf(origin.node);
      if (stream !== undefined) return stream;
    }
    return undefined;
  }

  /** The first item of the source's stream that fails at a node which is not to skip it. */
  stopsAt(source: GraphNode): number | undefined {
    const strict = this.needed().filter((node) => this.streamOf(node) === source && node.policy?.onError !== 'skip');
    return this.#itemsFrom(source).find((item) => strict.some((node) => this.#result(node, item).state === 'failed'));
  }

  /** Nodes that a sink needs. Bypassed ones do not run. */
  needed(): GraphNode[] {
    const found = new Set<GraphNode>();
    const visit = (node: GraphNode): void => {
      if (found.has(node)) return;
      found.add(node);
      for (const input of inputsOf(node)) {
        const origin = this.#origin(node, input);
        if ('node' in origin) visit(origin.node);
      }
    };
    for (const sink of this.sinks) visit(sink);
    return [...found];
  }

  /** How each node ends, and how many items failed in a stream that went on; for a run that no error of an item stopped. */
  states(): Record<string, Result['state']> {
    return Object.fromEntries(this.needed().map((node) => [node.id, this.#stateOf(node)]));
  }

  get failedItems(): number {
    return this.needed()
      .filter((node) => this.streamOf(node) !== undefined)
      .flatMap((node) => this.#itemsOf(node).filter((item) => this.#result(node, item).state === 'failed')).length;
  }

  #stateOf(node: GraphNode): Result['state'] {
    const stream = this.streamOf(node);
    if (stream === undefined) return this.#result(node, ONCE).state;
    if (this.#result(stream, ONCE).state !== 'done') return 'skipped';
    const items = this.#itemsOf(node);
    const taken = items.filter((item) => this.#result(node, item).state !== 'skipped');
    return taken.length === 0 && items.length > 0 && kindOf(node) !== 'sum' ? 'skipped' : 'done';
  }

  #itemsOf(node: GraphNode): number[] {
    const stream = this.streamOf(node);
    return stream === undefined ? [ONCE] : this.#itemsFrom(stream);
  }

  #itemsFrom(source: GraphNode): number[] {
    const count = this.#input(source, 'value', ONCE);
    return typeof count === 'number' ? Array.from({ length: count % 9 }, (_, item) => item) : [];
  }

  #input(node: GraphNode, input: string, item: number): Value {
    const origin = this.#origin(node, input);
    return 'literal' in origin ? origin.literal : this.#output(origin.node, origin.pin, item);
  }

  /** The value of an output, for a reader that is at `item`. */
  #output(node: GraphNode, pin: string, item: number): Value {
    if (kindOf(node) === 'count') {
      const first = this.#input(node, 'value', ONCE);
      return typeof first === 'number' ? first + item : first;
    }
    if (kindOf(node) === 'sum') return this.#sum(node);
    return this.#result(node, this.streamOf(node) === undefined ? ONCE : item).outputs[pin];
  }

  #sum(node: GraphNode): Value {
    const source = this.streamOf(node);
    if (source === undefined) return this.#input(node, 'value', ONCE);
    const first = this.#input(source, 'value', ONCE);
    if (typeof first !== 'number') return first;
    if (this.stopsAt(source) !== undefined) return FAILED;
    const numbers = this.#itemsFrom(source).map((item) => this.#input(node, 'value', item));
    return numbers.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  }

  #result(node: GraphNode, item: number): Result {
    const key = `${node.id}#${item}`;
    let result = this.#known.get(key);
    if (result === undefined) {
      result = this.#evaluate(node, item);
      this.#known.set(key, result);
    }
    return result;
  }

  #evaluate(node: GraphNode, item: number): Result {
    const kind = KINDS[kindOf(node)];
    const inputs: Record<string, number | undefined> = {};
    let skipped = false;
    let failed = false;
    for (const input of inputsOf(node)) {
      const value = this.#input(node, input, item);
      if (value === FAILED) failed = true;
      else if (value === SKIP) skipped ||= kind?.acceptsSkipped !== true;
      else inputs[input] = value;
    }
    if (failed) return skippedFor(node, FAILED);
    if (skipped) return skippedFor(node, SKIP);
    switch (kindOf(node)) {
      case 'running-sum':
        return { state: 'done', outputs: { value: this.#runningSum(node, item) } };
      case 'count':
      case 'sink':
        return { state: 'done', outputs: {} };
      case 'sum': {
        const value = item === ONCE ? this.#sum(node) : 0;
        return { state: 'done', outputs: { value } };
      }
    }
    const outcome = kind.compute(inputs);
    if ('error' in outcome) return { ...skippedFor(node, FAILED), state: 'failed' };
    const { attempts = 1, retryOn = [FLAKY_ERROR] } = node.policy ?? {};
    const tries = retryOn.includes(FLAKY_ERROR) ? attempts : 1;
    if ((outcome.failures ?? 0) >= tries) return { ...skippedFor(node, FAILED), state: 'failed' };
    const { outputs } = outcome;
    return outputs === SKIP
      ? { ...skippedFor(node, SKIP), state: 'done' }
      : { state: 'done', outputs: outputs as Values };
  }

  #runningSum(node: GraphNode, item: number): number {
    let sum = 0;
    for (let k = Math.min(item, 0); k <= item; k++) {
      const value = this.#input(node, 'value', k);
      if (typeof value === 'number' && (k !== ONCE || item === ONCE)) sum += value;
    }
    return sum;
  }

  /** Through auto-wires (the first in the file wins, after drawn wires) and bypassed nodes (their first input). */
  #origin(node: GraphNode, input: string): Origin {
    const { wires } = this.#graph;
    const drawn = wires.find(({ to }) => to === `${node.id}.${input}`);
    const auto = wires.find(({ from, to }) => to === node.id && outputsOf(this.#node(from)).includes(input));
    const [from, pin] = drawn === undefined ? [auto?.from, input] : drawn.from.split('.');
    if (from === undefined) return { literal: node.params?.[input] as number | undefined };
    const producer = this.#node(from);
    return producer.bypass === true ? this.#origin(producer, inputsOf(producer)[0]) : { node: producer, pin };
  }

  #node(id: string): GraphNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new Error(`No node ${id}.`);
    return node;
  }
}

/** `add` for `test/add@1` and `test/add-later@1`. */
function kindOf({ type }: GraphNode): string {
  return type.replace(/^test\/|(-later)?@1$/g, '');
}

function inputsOf(node: GraphNode): readonly string[] {
  return KINDS[kindOf(node)]?.inputs ?? ['value'];
}

function outputsOf(node: GraphNode): readonly string[] {
  return KINDS[kindOf(node)]?.outputs ?? (kindOf(node) === 'sink' ? [] : ['value']);
}

function skippedFor(node: GraphNode, why: typeof SKIP | typeof FAILED): Result {
  return { state: 'skipped', outputs: Object.fromEntries(outputsOf(node).map((pin) => [pin, why])) };
}
