import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { BoxElement, WireElement } from './flow-elements.ts';
import { pinPoint } from './pin-point.ts';

/**
 * All wires as one line a colour, for when they are too fine to take hold of: thousands of elements of their own would
 * cost every frame, and a few paths cost next to nothing.
 */
export const FarWires = memo(function FarWires({ boxes, wires }: { boxes: BoxElement[]; wires: WireElement[] }) {
  const lines = useMemo(() => linesByColour(boxes, wires), [boxes, wires]);
  return (
    <ViewportPortal>
      <svg aria-hidden className="far-wires">
        {[...lines].map(([colour, line]) => (
          <path key={colour} d={line} style={{ stroke: colour }} />
        ))}
      </svg>
    </ViewportPortal>
  );
});

function linesByColour(boxes: BoxElement[], wires: WireElement[]): Map<string, string> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = new Map<string, string>();
  for (const { source, target, sourceHandle, targetHandle, data } of wires) {
    const from = pinPoint(byId.get(source), 'source', sourceHandle);
    const to = pinPoint(byId.get(target), 'target', targetHandle);
    if (from === null || to === null || data === undefined) continue;
    const line = `M${[from, ...data.via, to].map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`).join('L')}`;
    lines.set(data.colour, (lines.get(data.colour) ?? '') + line);
  }
  return lines;
}
