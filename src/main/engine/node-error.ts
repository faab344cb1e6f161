import { inspect } from 'node:util';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import type { PlanNode } from './plan.ts';

/** Whatever a node threw, as an error with a code that names the node. */
export function asNodeError(thrown: unknown, node: string): WeftError {
  if (thrown instanceof WeftError) return thrown.at({ node });
  const cause = thrown instanceof Error ? thrown : new Error(typeof thrown === 'string' ? thrown : inspect(thrown));
  return new WeftError('E_NODE_THREW', `${node} failed: ${firstLine(String(cause.message))}`, { node, cause });
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

export function timeoutError(node: PlanNode): WeftError {
  return new WeftError(
    'E_TIMEOUT',
    `${node.id} took longer than its timeout of ${node.policy.timeout} s: raise the timeout, or make the node faster.`,
    { node: node.id },
  );
}
