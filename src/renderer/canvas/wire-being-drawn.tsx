import { type ConnectionLineComponentProps, useReactFlow } from '@xyflow/react';
import { useStore } from 'zustand';
import type { BoxElement } from './flow-elements.ts';
import { pinPoint } from './pin-point.ts';
import { verdictOf, type WireDrag, wireDrag } from './wire-drag.ts';
import { svgPath, wireCurve } from './wire-path.ts';

/** The wire that is being dragged, in the colour of the pin that it comes from; over a pin that refuses it, why. */
export function WireBeingDrawn({ toX, toY, toHandle }: ConnectionLineComponentProps<BoxElement>) {
  const flow = useReactFlow<BoxElement>();
  const drag = useStore(wireDrag, dragOf);
  const box = drag === null ? undefined : flow.getNode(drag.from.node);
  if (drag === null || box === undefined) return null;
  const isOutput = drag.from.kind === 'output';
  const from = pinPoint(box, isOutput ? 'source' : 'target', drag.from.pin);
  if (from === null) return null;
  const curve = isOutput ? wireCurve(from, [toX, toY]) : wireCurve([toX, toY], from);
  const reason = toHandle?.id == null ? null : reasonAt(drag, toHandle);
  return (
    <>
      <path
        d={svgPath(curve)}
        className="wire"
        data-refused={reason !== null || undefined}
        style={{ stroke: colourOfPin(box.data, isOutput, drag.from.pin) }}
      />
      {reason !== null && (
        <foreignObject x={toX + 16} y={toY + 12} width={280} height={96} className="pointer-events-none">
          <p className="rounded-control border border-line bg-raised px-2 py-1 text-fg text-xs shadow-raised">
            {reason}
          </p>
        </foreignObject>
      )}
    </>
  );
}

type Target = NonNullable<ConnectionLineComponentProps['toHandle']>;

function reasonAt(drag: WireDrag, { nodeId, type, id }: Target): string | null {
  return verdictOf(drag, nodeId, type === 'source' ? 'output' : 'input', id ?? '').reason;
}

function colourOfPin(data: BoxElement['data'], isOutput: boolean, pin: string): string {
  if (!('shown' in data)) return 'var(--pin-any)';
  const pins = isOutput ? data.shown.outputs : data.shown.inputs;
  return pins.find(({ name }) => name === pin)?.colour ?? 'var(--pin-any)';
}

const dragOf = ({ drag }: { drag: WireDrag | null }) => drag;
