import type { After, GraphBody, Wire } from '../../shared/graph/document.ts';
import { disconnect } from '../../shared/graph/edit/disconnect.ts';
import { keyOf } from '../../shared/graph/edit/element-key.ts';
import { endOf, nodeAt } from '../../shared/graph/edit/pin-end.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { editBody } from '../canvas/edit-body.ts';
import { useWireRate } from '../canvas/use-wire-rate.ts';
import { PinValue } from '../previews/pin-value.tsx';
import { usePinView } from '../previews/pin-views.ts';
import { pathInView } from '../state/body-in-view.ts';
import { checkedNode } from '../state/checked-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION } from '../state/selection.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Row, Section } from './section.tsx';

interface WireInspectorProps {
  readonly body: GraphBody;
  readonly wire: Wire | After;
  /** An order without data. */
  readonly isAfter: boolean;
}

export function WireInspector({ body, wire, isAfter }: WireInspectorProps) {
  const graph = useOpenGraph();
  const from = endOf(wire.from);
  const type = useGraphState((state) => (from === undefined ? null : typeAt(state, from.node, from.pin)));
  const path = useGraphState(({ view }) => pathInView(view, nodeAt(wire.from)));
  const rate = useWireRate(nodeAt(wire.from));
  const select = (end: string) => {
    graph.store.setState({ selection: { ...NO_SELECTION, nodes: new Set([nodeAt(end)]) } });
  };
  return (
    <>
      <header className="flex flex-col gap-0.5 p-3">
        <h2 className="pb-1 font-semibold text-sm">{isAfter ? 'Order' : 'Wire'}</h2>
        {(['from', 'to'] as const).map((side) => (
          <Row key={side} name={side === 'from' ? 'From' : 'To'}>
            <button
              type="button"
              className="min-w-0 truncate rounded-control font-mono text-2xs hover:underline"
              title={titleOf(body, wire[side])}
              onClick={() => select(wire[side])}
            >
              {wire[side]}
            </button>
          </Row>
        ))}
        {type !== null && (
          <Row name="Type">
            <Fact>{type}</Fact>
          </Row>
        )}
        {rate !== null && (
          <Row name="Rate">
            <Fact>{rate}</Fact>
          </Row>
        )}
        <Button
          className="mt-1.5 self-start"
          onClick={() => editBody(graph, 'Disconnect', (draft) => disconnect(draft, new Set([keyOf(wire)])))}
        >
          Disconnect
        </Button>
      </header>
      {from !== undefined && path !== null && <Value node={path} pin={from.pin} />}
    </>
  );
}

function Value({ node, pin }: { node: string; pin: string }) {
  const view = usePinView({ node, side: 'output', pin }, THUMBNAIL * window.devicePixelRatio);
  return (
    <Section title="Value">
      <PinValue view={view} />
    </Section>
  );
}

/** CSS pixels */
const THUMBNAIL = 320;

function typeAt({ checked, view }: GraphState, node: string, pin: string): string | null {
  const path = pathInView(view, node);
  const known = path === null ? undefined : checkedNode(checked, path);
  const index = known?.signature.outputs.findIndex(({ name }) => name === pin) ?? -1;
  return known === undefined || index < 0 ? null : describePinType(known.outputTypes[index]);
}

function titleOf(body: GraphBody, end: string): string {
  const node = nodeAt(end);
  return body.nodes.find(({ id }) => id === node)?.ui?.title ?? node;
}
