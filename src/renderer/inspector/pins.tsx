import type { InputSource } from '../../shared/graph/checked-graph.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { describeJson } from '../../shared/types/literal.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import { pathInView } from '../state/body-in-view.ts';
import { checkedNode } from '../state/checked-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { Fact, Row, Section } from './section.tsx';

/** Where the inputs get their values from, and what the outputs give. */
export function Pins({ node, signature }: { node: string; signature: NodeSignature }) {
  const checked = useGraphState(selectChecked);
  const view = useGraphState(selectView);
  const path = pathInView(view, node);
  const known = path === null ? undefined : checkedNode(checked, path);

  const describeSource = (source: InputSource | undefined): string => {
    if (source === undefined || source.from === 'nothing') return 'nothing';
    if (source.from === 'literal') return describeJson(source.value);
    const { id, signature } = checked.nodes[source.node];
    const conversion = source.conversion === null ? '' : `, converted`;
    return `${id}.${signature.outputs[source.output].name}${conversion}`;
  };
  return (
    <>
      {signature.inputs.length > 0 && (
        <Section title="Inputs" isClosed>
          {signature.inputs.map(({ name, type, description }, index) => (
            <Row key={name} name={name} hint={description}>
              <Fact>{describePinType(declaredType(type))}</Fact>
              <span aria-hidden className="text-faint">
                ←
              </span>
              <Fact>{describeSource(known?.inputs[index])}</Fact>
            </Row>
          ))}
        </Section>
      )}
      {signature.outputs.length > 0 && (
        <Section title="Outputs">
          {signature.outputs.map(({ name, type, description }, index) => (
            <Row key={name} name={name} hint={description}>
              <Fact>{describePinType(known?.outputTypes[index] ?? declaredType(type))}</Fact>
            </Row>
          ))}
        </Section>
      )}
    </>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;
const selectView = ({ view }: GraphState) => view;
