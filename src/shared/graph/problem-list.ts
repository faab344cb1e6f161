import type { ErrorCode } from '../node-api/error-codes.ts';
import type { Problem } from './checked-graph.ts';

export type Place = Pick<Problem, 'node' | 'pin' | 'path'>;

/** Problems in the order found. A mistake inside a graph that is used as several nodes counts once. */
export class ProblemList {
  readonly #problems: Problem[] = [];
  readonly #insideGraphs = new Set<string>();

  add(code: ErrorCode, message: string, place: Place): void {
    if (place.path?.startsWith('graphs.')) {
      const key = `${code} ${place.path} ${place.pin}`;
      if (this.#insideGraphs.has(key)) return;
      this.#insideGraphs.add(key);
    }
    this.#problems.push({ code, message, ...place });
  }

  get all(): readonly Problem[] {
    return this.#problems;
  }
}
