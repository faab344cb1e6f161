import { memo } from 'react';
import { pinHover } from '../previews/hover.ts';
import { pathInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import type { ShownNode } from './shown-node.ts';
import type { ShownPin } from './shown-pin.ts';
import { usePullWire } from './use-pull-wire.ts';
import { useWireVerdict } from './wire-drag.ts';

interface PinHandleProps {
  readonly shown: ShownNode;
  readonly pin: ShownPin;
  /** Pins of a selected node can be reached by Tab. */
  readonly selected: boolean;
}

/** Where wires of a pin begin and end. While a wire is dragged it says whether it would take that wire. */
export const PinHandle = memo(function PinHandle({ shown, pin, selected }: PinHandleProps) {
  const { node } = shown;
  const verdict = useWireVerdict(node.id, pin.side, pin.name);
  const open = useOpenGraph();
  const path = useGraphState((state) => pathOf(state, node.id));
  const { className, ...source } = usePullWire({ node: node.id, side: pin.side, name: pin.name });
  const about = { type: pin.typeText, description: pin.description };
  return (
    // biome-ignore lint/a11y/useSemanticElements: thousands of buttons, of which hardly one is pressed
    <div
      {...source}
      className={`pin ${className}`}
      data-verdict={verdict?.state}
      // While a wire is drawn, the wire says what there is to say.
      {...(path === null || verdict !== null
        ? {}
        : pinHover(open, { node: path, side: pin.side, pin: pin.name }, about))}
      data-side={pin.side}
      data-form={pin.form}
      data-connected={pin.isConnected || undefined}
      role="button"
      tabIndex={selected ? 0 : -1}
      aria-label={`${pin.side} ${pin.name}${pin.typeText === '' ? '' : `, ${pin.typeText}`}${pin.isConnected ? ', connected' : ''}`}
      style={{ color: pin.isKnown ? pin.colour : 'var(--failed)' }}
    />
  );
});

function pathOf({ view }: GraphState, node: string): string | null {
  return pathInView(view, node);
}
