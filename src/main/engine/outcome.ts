import type { CloseReason } from '../../shared/node-api/define-node.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { RunStatus } from '../../shared/protocol/run-events.ts';
import type { PlanNode } from './plan.ts';
import type { StopReason } from './stop-error.ts';

/** What has become of a run so far, and whose fault that is. */
export class Outcome {
  #stopped: StopReason | null = null;
  #error: WeftError | null = null;
  #degraded = false;
  /** By node: the failed node because of which it did not run. */
  readonly #causes = new Map<number, PlanNode>();

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** The first error that made the run fail. */
  get error(): WeftError | null {
    return this.#error;
  }

  get status(): RunStatus {
    if (this.#stopped !== null) return this.#stopped;
    if (this.#error !== null) return 'failed';
    return this.#degraded ? 'degraded' : 'done';
  }

  /** How a node is closed whose body has returned, or has not. */
  closeReason(isThrough: boolean): CloseReason {
    if (this.isStopped) return 'cancel';
    return isThrough ? 'end' : 'error';
  }

  stopped(reason: StopReason): void {
    this.#stopped = reason;
  }

  failed(error: WeftError): void {
    this.#error ??= error;
  }

  nodeFailed(node: PlanNode): void {
    this.#causes.set(node.index, node);
  }

  /** An item is lost, and the run goes on without it. */
  itemLost(): void {
    this.#degraded = true;
  }

  /** Sentence why a node could not run. */
  reasonFor(node: PlanNode): string {
    const cause = this.#causeOf(node);
    return cause === undefined ? 'The branch it is on was not taken.' : `${cause.id} failed.`;
  }

  #causeOf(node: PlanNode): PlanNode | undefined {
    const before = node.wires.map(({ producer }) => this.#causes.get(producer));
    const cause = before.find((failed) => failed !== undefined) ?? this.#causes.get(node.index);
    if (cause !== undefined) this.#causes.set(node.index, cause);
    return cause;
  }
}
