import { WeftError } from '../../shared/node-api/weft-error.ts';

/** Whatever a node threw, as an error with a code that names the node. */
export function asNodeError(thrown: unknown, node: string): WeftError {
  if (thrown instanceof WeftError) return thrown.at({ node });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WeftError('E_NODE_THREW', `${node} failed: ${firstLine(message)}`, { node, cause: thrown });
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}
