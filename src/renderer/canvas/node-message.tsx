import { MESSAGE_HEIGHT } from './node-layout.ts';
import type { ShownNode } from './shown-node.ts';

/** What is wrong with a node, in the node itself; all of it stands in the inspector and in the tooltip. */
export function NodeMessage({ shown, message }: { shown: ShownNode; message: string }) {
  const tone = shown.hasFailed ? 'bg-failed-soft text-failed' : 'bg-attention-soft text-attention';
  return (
    <p
      title={message}
      className={`mt-auto overflow-hidden rounded-b-node px-3 py-1 text-2xs ${tone}`}
      style={{ height: MESSAGE_HEIGHT }}
      data-selectable
    >
      <span className="line-clamp-2">{message}</span>
    </p>
  );
}
