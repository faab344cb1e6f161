import type { Policy } from '../../shared/graph/document.ts';
import type { WeftError } from '../../shared/node-api/weft-error.ts';

/**
 * Seconds to wait before the next attempt; null when there is none. Without `retryOn` the errors that their own table
 * marks are tried again: time-outs, network, device memory, death of an isolate (engine.md 4.5).
 */
export function nextAttemptIn(policy: Policy, error: WeftError, attempt: number): number | null {
  if (attempt >= (policy.attempts ?? 1)) return null;
  const retryable = policy.retryOn === undefined ? error.meaning.retry === true : policy.retryOn.includes(error.code);
  if (!retryable) return null;
  return (policy.wait ?? 0) * (policy.backoff ?? 1) ** (attempt - 1);
}
