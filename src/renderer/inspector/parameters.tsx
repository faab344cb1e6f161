import { RotateCcw } from 'lucide-react';
import type { GraphNode } from '../../shared/graph/document.ts';
import type { InputSignature, NodeSignature } from '../../shared/node-api/signature.ts';
import { hasLiteral } from '../../shared/types/literal.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { editParam, resetParam } from '../widgets/edit-param.ts';
import { pinLiteral } from '../widgets/pin-literal.ts';
import { useFieldOptions } from '../widgets/pin-options.ts';
import { ValueField } from '../widgets/value-field.tsx';
import { Section } from './section.tsx';

interface ParametersProps {
  /** At least one; what is set is set on all. */
  readonly nodes: readonly GraphNode[];
  readonly signature: NodeSignature;
  readonly title?: string;
}

/** Every input that a value can be written for. */
export function Parameters({ nodes, signature, title = 'Parameters' }: ParametersProps) {
  const inputs = signature.inputs.filter((input) => hasLiteral(pinLiteral(nodes[0], input).type));
  if (inputs.length === 0) return null;
  return (
    <Section title={title}>
      {inputs.map((input) => (
        <Parameter key={input.name} nodes={nodes} input={input} />
      ))}
    </Section>
  );
}

function Parameter({ nodes, input }: { nodes: readonly GraphNode[]; input: InputSignature }) {
  const graph = useOpenGraph();
  const [first, ...others] = nodes;
  const source = useGraphState((state) => sourceOf(state, first.id, input.name));
  const { value, isDefault, ...literal } = pinLiteral(first, input);
  const options = useFieldOptions(first, input);
  const text = JSON.stringify(value);
  const isMixed = others.some((node) => JSON.stringify(pinLiteral(node, input).value) !== text);
  const ids = new Set(nodes.map(({ id }) => id));
  const isWide = input.widget === 'multiline' || literal.type.kind === 'json';
  return (
    <div className={`flex gap-x-2 ${isWide ? 'flex-col' : 'min-h-6 items-center'}`}>
      <span
        className={`shrink-0 truncate text-dim ${isWide ? 'leading-6' : 'w-24'}`}
        title={input.description ?? input.name}
      >
        {input.name}
      </span>
      <div className="flex min-w-0 flex-1 items-center gap-1">
        {source !== null && nodes.length === 1 ? (
          <span className="truncate text-dim">
            from <span className="font-mono text-2xs">{source}</span>
          </span>
        ) : (
          <>
            <ValueField
              {...literal}
              label={isMixed ? `${input.name}, different values` : input.name}
              value={isMixed ? undefined : value}
              isDefault={isDefault}
              options={options}
              size="full"
              edit={(change) => editParam(graph, ids, input.name, change)}
            />
            {isMixed && <span className="shrink-0 text-faint">mixed</span>}
            {!isDefault && (
              <IconButton
                icon={RotateCcw}
                label={`Reset ${input.name} to its default`}
                onClick={() => resetParam(graph, ids, input.name)}
              />
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** The output that is wired to an input, as `node.pin`; null for none. */
function sourceOf({ graph, view }: GraphState, node: string, pin: string): string | null {
  return bodyInView(graph, view).wires?.find(({ to }) => to === `${node}.${pin}`)?.from ?? null;
}
