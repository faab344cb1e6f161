import type { Models } from '../../shared/node-api/context.ts';
import type { Media } from '../../shared/node-api/media.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import { KeptValues } from '../store/kept-values.ts';
import type { Hold, ObjectStore } from '../store/object-store.ts';
import type { CallContext, RunServices } from './call-context.ts';
import type { Dataflow } from './dataflow.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { RunOptions } from './run-options.ts';
import type { Status } from './status.ts';

/** The parts of a run that the contexts of its calls work with. */
export interface ContextParts {
  readonly plan: Plan;
  readonly status: Status;
  readonly dataflow: Dataflow;
}

/** What nodes' bodies may ask of their run, and the values that nodes hold past their calls. */
export class ContextServices implements RunServices {
  readonly run: string;
  readonly store: ObjectStore;
  readonly signal: AbortSignal;
  readonly #parts: ContextParts;
  readonly #options: RunOptions;
  readonly #kept = new Map<PlanNode, KeptValues>();
  #closed = false;

  /** @param signal fires when the run is stopped */
  constructor(parts: ContextParts, options: RunOptions, signal: AbortSignal) {
    this.run = options.id;
    this.store = options.store;
    this.signal = signal;
    this.#parts = parts;
    this.#options = options;
  }

  modelsFor(context: CallContext): Models {
    return this.#options.modelsFor(context);
  }

  mediaFor(context: CallContext): Media {
    return this.#options.mediaFor(context);
  }

  temporaryFolder(): Promise<string> {
    return this.#options.temporaryFolder();
  }

  log(context: CallContext, level: 'debug' | 'info' | 'warning', message: string): void {
    const item = context.item === null ? {} : { item: context.item };
    this.#parts.status.event({ event: 'log', node: context.node.id, level, message, ...item });
  }

  progress(context: CallContext, done: number | null, note: string | undefined): void {
    const { node, item } = context;
    const { plan, status } = this.#parts;
    const of = item === null ? {} : { item, stream: plan.nodes[plan.scopes[node.scope].source].id };
    status.progress({ node: node.id, done, ...(note === undefined ? {} : { note }), ...of });
  }

  waits({ node }: CallContext, error: WeftError | null): void {
    const report = error?.at({ node: node.id }).toReport() ?? null;
    this.#parts.status.event({ event: 'node.waiting', node: node.id, error: report });
  }

  fileIs({ node }: CallContext, state: 'begun' | 'complete', path: string): void {
    this.#parts.status.event({ event: 'file', node: node.id, path, state });
  }

  holdsOf(context: CallContext): (Hold | null)[] {
    return this.#parts.dataflow.holdsOf(context.node, context.lane);
  }

  keptBy(node: PlanNode): KeptValues {
    let kept = this.#kept.get(node);
    if (kept === undefined) {
      kept = new KeptValues(this.store);
      this.#kept.set(node, kept);
      // A call that was given up may keep something when the run is long over.
      if (this.#closed) kept.close();
    }
    return kept;
  }

  keptHolds(node: PlanNode): Iterable<Hold> {
    return this.#kept.get(node)?.holds ?? [];
  }

  /** The node has ended: what it kept goes. */
  nodeEnded(node: PlanNode): void {
    if (this.#kept.size === 0) return;
    this.#kept.get(node)?.close();
    this.#kept.delete(node);
  }

  /** The run is over: nothing is kept any more. */
  close(): void {
    this.#closed = true;
    for (const kept of this.#kept.values()) kept.close();
  }
}
