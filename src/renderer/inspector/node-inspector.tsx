import { useMemo } from 'react';
import type { GraphNode } from '../../shared/graph/document.ts';
import { rename } from '../../shared/graph/edit/rename.ts';
import { renameId } from '../../shared/graph/edit/rename-id.ts';
import { categoryLook } from '../canvas/category-look.ts';
import { editBody } from '../canvas/edit-body.ts';
import { type NodeTypes, nodeTypesOf } from '../canvas/node-types.ts';
import { useApp } from '../state/app-store.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { NO_SELECTION } from '../state/selection.ts';
import { TextField } from '../widgets/text-field.tsx';
import { LastRun } from './last-run.tsx';
import { NodeFlags } from './node-flags.tsx';
import { Parameters } from './parameters.tsx';
import { Pins } from './pins.tsx';
import { PolicySection } from './policy-section.tsx';
import { Row } from './section.tsx';

export function NodeInspector({ node }: { node: GraphNode }) {
  const graph = useOpenGraph();
  const signature = useNodeTypes()(node.type);
  const { icon: Icon, colour } = categoryLook(signature?.category ?? node.type.split('/')[0]);
  const nodes = useMemo(() => [node], [node]);

  const setTitle = (title: string) => {
    editBody(graph, `Rename ${node.id}`, (draft) => rename(draft, node.id, title));
  };
  const setId = (id: string) => {
    const outcome = editBody(graph, `Rename ${node.id}`, (draft) => renameId(draft, node.id, id));
    // The selection knows nodes by their ids.
    if (outcome.ok) graph.store.setState({ selection: { ...NO_SELECTION, nodes: new Set([id]) } });
  };

  return (
    <>
      <header className="flex flex-col gap-1.5 p-3">
        <div className="flex items-center gap-1.5">
          <Icon aria-hidden className="size-4 shrink-0" style={{ color: colour }} />
          <h2 className="min-w-0 truncate font-semibold text-sm">{node.ui?.title ?? signature?.title ?? node.id}</h2>
        </div>
        <p className="truncate font-mono text-2xs text-faint" data-selectable>
          {node.type}
        </p>
        {signature === undefined ? (
          <p className="text-failed">No node of this type is installed: its wires and values are kept as they are.</p>
        ) : (
          <p className="text-dim">{signature.summary}</p>
        )}
        <Row name="Name">
          <TextField
            label="Name"
            value={node.ui?.title ?? signature?.title ?? ''}
            isDefault={node.ui?.title === undefined}
            size="full"
            edit={(change) => change.kind === 'set' && setTitle(String(change.value))}
          />
        </Row>
        <Row name="Id">
          <TextField
            label="Id"
            value={node.id}
            isDefault={false}
            isCode
            size="full"
            edit={(change) => change.kind === 'set' && setId(String(change.value))}
          />
        </Row>
        <NodeFlags nodes={nodes} />
      </header>
      {signature !== undefined && <Parameters nodes={nodes} signature={signature} />}
      <LastRun node={node.id} />
      {signature !== undefined && <Pins node={node.id} signature={signature} />}
      {signature?.category !== 'graph' && <PolicySection nodes={nodes} />}
    </>
  );
}

/** Finds the signatures of node types in the graph that is open. */
export function useNodeTypes(): NodeTypes {
  const catalogue = useApp((state) => state.catalogue);
  const graphs = useGraphState(selectGraphs);
  return useMemo(() => nodeTypesOf(catalogue, graphs), [catalogue, graphs]);
}

const selectGraphs = ({ graph }: GraphState) => graph.graphs;
