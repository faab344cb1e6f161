import { useMemo } from 'react';
import type { GraphNode } from '../../shared/graph/document.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { NodeFlags } from './node-flags.tsx';
import { useNodeTypes } from './node-inspector.tsx';
import { Parameters } from './parameters.tsx';
import { PolicySection } from './policy-section.tsx';
import { Section } from './section.tsx';

/** What several nodes have in common: a value that is set here is set on all of them. */
export function NodesInspector({ nodes }: { nodes: readonly GraphNode[] }) {
  const nodeTypes = useNodeTypes();
  const shared = useMemo(() => sharedSignature(nodes.map(({ type }) => nodeTypes(type))), [nodes, nodeTypes]);
  const types = [...Map.groupBy(nodes, ({ type }) => type)];
  return (
    <>
      <header className="flex flex-col gap-1.5 p-3">
        <h2 className="font-semibold text-sm">{nodes.length} nodes</h2>
        <NodeFlags nodes={nodes} />
      </header>
      {shared !== null && shared.inputs.length > 0 && (
        <Parameters nodes={nodes} signature={shared} title="Parameters of all" />
      )}
      <Section title="Types">
        {types.map(([type, of]) => (
          <div key={type} className="flex h-5 justify-between">
            <span className="truncate">{nodeTypes(type)?.title ?? type}</span>
            <span className="tabular text-dim">{of.length}</span>
          </div>
        ))}
      </Section>
      {nodes.every(({ type }) => graphNameOf(type) === undefined) && <PolicySection nodes={nodes} />}
    </>
  );
}

/** The first signature with only those inputs that all have, in the same form. */
function sharedSignature(signatures: readonly (NodeSignature | undefined)[]): NodeSignature | null {
  const known = signatures.filter((signature) => signature !== undefined);
  if (known.length !== signatures.length) return null;
  const [first, ...others] = new Set(known);
  const inputs = first.inputs.filter((input) => {
    const text = JSON.stringify(input);
    return others.every(({ inputs }) => inputs.some((other) => JSON.stringify(other) === text));
  });
  return { ...first, inputs };
}
