import { Ban, Eye, Group, Lock, Minimize2, Pencil, Ungroup } from 'lucide-react';
import type { GraphNode } from '../../shared/graph/document.ts';
import { bypassNodes } from '../../shared/graph/edit/bypass-nodes.ts';
import { collapse } from '../../shared/graph/edit/collapse.ts';
import { lock } from '../../shared/graph/edit/lock.ts';
import { makeGraph } from '../../shared/graph/edit/make-graph.ts';
import { resizeNode } from '../../shared/graph/edit/resize-node.ts';
import { setViewer } from '../../shared/graph/edit/set-viewer.ts';
import { unpackGraph } from '../../shared/graph/edit/unpack-graph.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import { editBody } from '../canvas/edit-body.ts';
import { focusNode } from '../canvas/focus-node.ts';
import { installedTypes } from '../canvas/installed-types.ts';
import { stage } from '../canvas/stage.ts';
import { showsViewerByDefault } from '../previews/viewer-pins.ts';
import { bodyInView, pathInView } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { NO_SELECTION } from '../state/selection.ts';
import type { Action, ActionContext } from './action.ts';
import { hasNodes, withGraph } from './canvas-conditions.ts';

const RENAME: Action = {
  id: 'node.rename',
  label: 'Rename',
  group: 'Edit',
  icon: Pencil,
  keys: ['F2'],
  history: 'step',
  when: hasOneNode,
  perform: withGraph((graph) => stage.setState({ renaming: selectedNodes(graph)[0].id })),
};

const BYPASS: Action = {
  id: 'node.bypass',
  label: 'Bypass or take the bypass back',
  group: 'Edit',
  icon: Ban,
  keys: ['M'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const bypass = selectedNodes(graph).some((node) => node.bypass !== true);
    editBody(graph, bypass ? 'Bypass' : 'Take a bypass back', (draft) =>
      bypassNodes(draft, installedTypes, idsOf(graph), bypass),
    );
  }),
};

const LOCK: Action = {
  id: 'node.lock',
  label: 'Lock or unlock',
  group: 'Edit',
  icon: Lock,
  keys: ['L'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const locked = selectedNodes(graph).some(({ ui }) => ui?.locked !== true);
    editBody(graph, locked ? 'Lock' : 'Unlock', (draft) => lock(draft, idsOf(graph), locked));
  }),
};

const COLLAPSE: Action = {
  id: 'node.collapse',
  label: 'Collapse or expand',
  group: 'Edit',
  icon: Minimize2,
  keys: ['H'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const collapsed = selectedNodes(graph).some(({ ui }) => ui?.collapsed !== true);
    editBody(graph, collapsed ? 'Collapse' : 'Expand', (draft) => collapse(draft, idsOf(graph), collapsed));
  }),
};

const VIEWER: Action = {
  id: 'node.viewer',
  label: 'Show or hide the viewer',
  group: 'Edit',
  icon: Eye,
  keys: ['V'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const shows = selectedNodes(graph).some((node) => !isViewed(graph, node));
    editBody(graph, shows ? 'Show the viewer' : 'Hide the viewer', (draft) => setViewer(draft, idsOf(graph), shows));
  }),
};

const RESET_SIZE: Action = {
  id: 'node.reset-size',
  label: 'Give back the usual size',
  group: 'Edit',
  history: 'step',
  when: (context) =>
    hasOneNode(context) && context.graph !== null && selectedNodes(context.graph)[0].ui?.size !== undefined,
  perform: withGraph((graph) => {
    const [{ id }] = selectedNodes(graph);
    editBody(graph, 'Give back the usual size', (draft) => resizeNode(draft, id, null));
  }),
};

const MAKE_GRAPH: Action = {
  id: 'node.make-graph',
  label: 'Make a graph of the selection',
  group: 'Edit',
  icon: Group,
  keys: ['Mod+G'],
  history: 'step',
  when: hasNodes(),
  perform: withGraph((graph) => {
    const { selection } = graph.store.getState();
    const { sizes } = stage.getState();
    const made = editBody(graph, 'Make a graph', (draft) =>
      makeGraph(draft, installedTypes, selection, 'Graph', sizes),
    );
    if (!made.ok) return;
    graph.store.setState({ selection: { ...NO_SELECTION, nodes: new Set([made.id]) } });
    focusNode(made.id);
  }),
};

const UNPACK_GRAPH: Action = {
  id: 'node.unpack-graph',
  label: 'Unpack the graph',
  group: 'Edit',
  icon: Ungroup,
  keys: ['Mod+Shift+G'],
  history: 'step',
  when: isGraphSelected,
  perform: withGraph((graph) => {
    const [{ id }] = selectedNodes(graph);
    const unpacked = editBody(graph, 'Unpack a graph', (draft) => unpackGraph(draft, installedTypes, id));
    if (unpacked.ok) graph.store.setState({ selection: unpacked.selection });
  }),
};

export const CANVAS_NODE_ACTIONS: readonly Action[] = [
  RENAME,
  VIEWER,
  COLLAPSE,
  BYPASS,
  LOCK,
  RESET_SIZE,
  MAKE_GRAPH,
  UNPACK_GRAPH,
];

function hasOneNode({ graph }: ActionContext): boolean {
  return graph !== null && selectedNodes(graph).length === 1;
}

function isGraphSelected({ graph }: ActionContext): boolean {
  if (graph === null) return false;
  const nodes = selectedNodes(graph);
  return nodes.length === 1 && graphNameOf(nodes[0].type) !== undefined;
}

function idsOf({ store }: OpenGraph): ReadonlySet<string> {
  return store.getState().selection.nodes;
}

function selectedNodes({ store }: OpenGraph): readonly GraphNode[] {
  const { graph, view, selection } = store.getState();
  return bodyInView(graph, view).nodes.filter(({ id }) => selection.nodes.has(id));
}

/** Some nodes are there to be looked at, and show their viewer unless that was switched off. */
function isViewed({ store }: OpenGraph, { id, ui }: GraphNode): boolean {
  const { view, checked } = store.getState();
  const path = pathInView(view, id);
  return ui?.viewer === undefined ? path !== null && showsViewerByDefault(checked, path) : ui.viewer !== false;
}
