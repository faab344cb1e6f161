import { styleText } from 'node:util';
import type { Problem } from '../../shared/graph/checked-graph.ts';

/** `E_PIN_RANGE letterbox.width: sentence`, coloured where `stream` is a terminal. */
export function formatProblem({ code, message, node, pin, path }: Problem, stream: NodeJS.WritableStream): string {
  const place = node === undefined ? path : pin === undefined ? node : `${node}.${pin}`;
  const name = styleText('red', code, { stream });
  return place === undefined ? `${name} ${message}` : `${name} ${place}: ${message}`;
}
