import type { GraphNode } from '../../shared/graph/document.ts';
import type { InputSignature } from '../../shared/node-api/signature.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { editParam } from './edit-param.ts';
import type { FieldProps } from './field.ts';
import { pinLiteral } from './pin-literal.ts';
import { useFieldOptions } from './pin-options.ts';
import { ValueField } from './value-field.tsx';

interface LiteralWidgetProps {
  /** A node of the graph that is looked at. */
  readonly node: GraphNode;
  readonly pin: InputSignature;
  readonly size: FieldProps['size'];
}

/** The field for the literal of an input pin: shows what holds, and edits the graph. */
export function LiteralWidget({ node, pin, size }: LiteralWidgetProps) {
  const graph = useOpenGraph();
  const options = useFieldOptions(node, pin);
  return (
    <ValueField
      {...pinLiteral(node, pin)}
      label={size === 'compact' ? `${pin.name} of ${node.ui?.title ?? node.id}` : pin.name}
      options={options}
      size={size}
      rests={size === 'compact'}
      edit={(change) => editParam(graph, new Set([node.id]), pin.name, change)}
    />
  );
}
