import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { BoxElement } from './flow-elements.ts';
import { verdictOf, wireDrag } from './wire-drag.ts';
import { svgPath, wireCurve } from './wire-path.ts';

/** The wire that is being dragged, in the colour of the pin that it comes from; over a pin that refuses it, why. */
export function WireBeingDrawn({
  fromX,
  fromY,
  toX,
  toY,
  fromHandle,
  fromNode,
  toHandle,
}: ConnectionLineComponentProps<BoxElement>) {
  const isOutput = fromHandle.type === 'source';
  const curve = isOutput ? wireCurve([fromX, fromY], [toX, toY]) : wireCurve([toX, toY], [fromX, fromY]);
  const reason = toHandle?.id == null ? null : reasonAt(toHandle);
  return (
    <>
      <path
        d={svgPath(curve)}
        className="wire"
        data-refused={reason !== null || undefined}
        style={{ stroke: colourOfPin(fromNode.data, isOutput, fromHandle.id) }}
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

function reasonAt({ nodeId, type, id }: NonNullable<ConnectionLineComponentProps['toHandle']>): string | null {
  const { drag } = wireDrag.getState();
  return drag === null ? null : verdictOf(drag, nodeId, type === 'source' ? 'output' : 'input', id ?? '').reason;
}

function colourOfPin(data: BoxElement['data'], isOutput: boolean, pin: string | null | undefined): string {
  if (!('shown' in data)) return 'var(--pin-any)';
  const pins = isOutput ? data.shown.outputs : data.shown.inputs;
  return pins.find(({ name }) => name === pin)?.colour ?? 'var(--pin-any)';
}
