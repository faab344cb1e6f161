import type { CloseReason } from '../../shared/node-api/define-node.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { NodeNote } from '../../shared/protocol/status-batch.ts';
import { type FileTrace, joinTraces } from './file-trace.ts';
import { FAILED } from './lane.ts';
import { asNodeError } from './node-error.ts';
import type { PlanNode } from './plan.ts';
import type { Stream } from './stream.ts';
import type { StreamHost } from './stream-host.ts';
import type { Tallies } from './tallies.ts';

/** What becomes of a stream's nodes when its last item has left. */
export class StreamEnds {
  readonly #host: StreamHost;
  readonly #tallies: Tallies;

  constructor(host: StreamHost, tallies: Tallies) {
    this.#host = host;
    this.#tallies = tallies;
  }

  /** Closes the stream's nodes in order, takes the result of its folds, and tells what each node has come to. */
  async end(stream: Stream, reason: CloseReason): Promise<void> {
    const { plan, preparation, dataflow } = this.#host;
    // The generator's own clean-up; a hanging one must not hold up the end of the stream.
    Promise.try(() => stream.iterator?.return?.())
      .catch((error) => this.#host.runFailed(asNodeError(error, stream.source.id)))
      .finally(() => stream.context?.close());
    for (const index of plan.scopes[stream.scope].nodes) {
      if (preparation.runs[index] === 0) continue;
      const node = plan.nodes[index];
      const error = await this.#close(node, reason);
      if (error !== null) this.#host.runFailed(error);
      const own = error ?? (node.policy.onError === 'skip' ? null : this.#tallies.of(node).error);
      if (node.signature.body === 'collect' && own === null) await this.#giveFold(node, stream, reason);
      else this.#endNode(node, stream, reason, own);
      dataflow.consumeHeld(node);
      dataflow.orderAfter(node);
    }
    if (stream.parent === null) {
      const error = this.#tallies.of(stream.source).error;
      dataflow.consume(stream.source, dataflow.main);
      this.#endNode(stream.source, stream, reason, error);
      dataflow.orderAfter(stream.source);
    }
    this.#host.changed();
  }

  /** Files that decided which items a stream has. */
  filesBehind({ source, parent, context, choiceFiles }: Stream): FileTrace | null {
    const { dataflow } = this.#host;
    const own = joinTraces(dataflow.filesOf(source, dataflow.main, context?.files ?? null), choiceFiles);
    return parent === null ? own : joinTraces(own, this.filesBehind(parent));
  }

  async #close(node: PlanNode, reason: CloseReason): Promise<WeftError | null> {
    try {
      await this.#host.bodies.close(node, reason);
      return null;
    } catch (error) {
      return asNodeError(error, node.id);
    }
  }

  async #giveFold(node: PlanNode, stream: Stream, reason: CloseReason): Promise<void> {
    const { dataflow, bodies } = this.#host;
    const inputs = stream.blocked === null && reason === 'end' ? dataflow.gatherHeld(node) : FAILED;
    if (typeof inputs === 'symbol') {
      const files = this.filesBehind(stream);
      dataflow.block(node, dataflow.main, stream.blocked ?? inputs, dataflow.filesOf(node, dataflow.main, files));
      if (reason === 'cancel') return this.#host.nodeEnded(node, 'cancelled');
      const why = reason === 'error' ? `The stream of ${stream.source.id} was stopped.` : this.#host.reasonFor(node);
      return this.#host.nodeEnded(node, 'skipped', { reason: why });
    }
    const context = this.#host.contextFor(node, dataflow.main);
    context.files = joinTraces(this.filesBehind(stream), stream.foldedFiles.get(node.index) ?? null);
    const started = performance.now();
    try {
      const result = await bodies.result(node, () => inputs, context);
      const ended = performance.now();
      const bytes = dataflow.give(node, dataflow.main, result, context);
      this.#host.status.add(node.index, -1, ended - started, ended, bytes);
      this.#host.nodeEnded(node, 'done', this.#counts(node, stream));
    } catch (thrown) {
      const error = asNodeError(thrown, node.id);
      this.#host.runFailed(error);
      dataflow.block(node, dataflow.main, FAILED);
      this.#host.nodeEnded(node, 'failed', { error: error.toReport() });
    } finally {
      context.close();
    }
  }

  #endNode(node: PlanNode, stream: Stream, reason: CloseReason, error: WeftError | null): void {
    const { passed, failed } = this.#tallies.of(node);
    const isSource = node === stream.source;
    if (node.outScope === 0) this.#host.dataflow.block(node, this.#host.dataflow.main, FAILED);
    const counts = this.#counts(node, stream);
    if (error !== null) {
      this.#host.nodeEnded(node, 'failed', { ...counts, error: error.toReport() });
    } else if (reason === 'cancel') {
      this.#host.nodeEnded(node, 'cancelled', counts);
    } else if (stream.blocked !== null || (!isSource && passed + failed === 0 && stream.items > 0)) {
      this.#host.nodeEnded(node, 'skipped', { reason: this.#host.reasonFor(node) });
    } else {
      this.#host.nodeEnded(node, 'done', counts);
    }
  }

  #counts(node: PlanNode, stream: Stream): NodeNote {
    const { passed, failed } = this.#tallies.of(node);
    return { items: node === stream.source ? stream.items : passed, ...(failed === 0 ? {} : { failedItems: failed }) };
  }
}
