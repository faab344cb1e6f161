import {
  ArrowLeft,
  ArrowRight,
  CornerLeftUp,
  Focus,
  Grid3x3,
  Map as MapIcon,
  Maximize,
  Search,
  SquareArrowOutUpRight,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import { locationsOf, rememberPlace } from '../canvas/locations.ts';
import { openNode, showTrail } from '../canvas/open-node.ts';
import { bringIntoView, motionMs, showAll } from '../canvas/show-in-view.ts';
import { stage } from '../canvas/stage.ts';
import { bodyInView } from '../state/body-in-view.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import type { Action, ActionContext } from './action.ts';
import { hasBoxes, hasGraph, withGraph } from './canvas-conditions.ts';

const FIND: Action = {
  id: 'view.find',
  label: 'Find in this graph',
  group: 'View',
  icon: Search,
  keys: ['Mod+F'],
  history: 'none',
  inText: true,
  when: hasGraph,
  perform: () => stage.setState({ isFinding: true }),
};

const FIT: Action = {
  id: 'view.fit',
  label: 'Show the whole graph',
  group: 'View',
  icon: Maximize,
  keys: ['Home', 'F'],
  history: 'none',
  when: hasGraph,
  perform: () => showAll(),
};

const GO_TO_SELECTION: Action = {
  id: 'view.selection',
  label: 'Go to the selection',
  group: 'View',
  icon: Focus,
  keys: ['.'],
  history: 'none',
  when: hasBoxes(),
  perform: withGraph(({ store }) => {
    const { nodes, frames, notes } = store.getState().selection;
    bringIntoView([...nodes, ...frames, ...notes]);
  }),
};

const ZOOM_IN: Action = {
  id: 'view.zoom-in',
  label: 'Zoom in',
  group: 'View',
  icon: ZoomIn,
  keys: ['Mod+=', 'Mod++'],
  history: 'none',
  when: hasGraph,
  perform: () => void stage.getState().flow?.zoomIn({ duration: motionMs() }),
};

const ZOOM_OUT: Action = {
  id: 'view.zoom-out',
  label: 'Zoom out',
  group: 'View',
  icon: ZoomOut,
  keys: ['Mod+-'],
  history: 'none',
  when: hasGraph,
  perform: () => void stage.getState().flow?.zoomOut({ duration: motionMs() }),
};

const LIFE_SIZE: Action = {
  id: 'view.life-size',
  label: 'Zoom to 100 %',
  group: 'View',
  keys: ['Mod+0'],
  history: 'none',
  when: hasGraph,
  perform: () => void stage.getState().flow?.zoomTo(1, { duration: motionMs() }),
};

const BACK: Action = {
  id: 'view.back',
  label: 'Go back',
  group: 'View',
  icon: ArrowLeft,
  keys: ['Alt+ArrowLeft'],
  history: 'none',
  when: ({ graph }) => graph !== null && locationsOf(graph).canGo(-1),
  perform: withGraph((graph) => goTo(graph, -1)),
};

const FORWARD: Action = {
  id: 'view.forward',
  label: 'Go forward',
  group: 'View',
  icon: ArrowRight,
  keys: ['Alt+ArrowRight'],
  history: 'none',
  when: ({ graph }) => graph !== null && locationsOf(graph).canGo(1),
  perform: withGraph((graph) => goTo(graph, 1)),
};

const OPEN_NODE: Action = {
  id: 'view.open-node',
  label: 'Open the graph of this node',
  group: 'View',
  icon: SquareArrowOutUpRight,
  keys: ['Alt+ArrowDown'],
  history: 'none',
  when: isGraphSelected,
  perform: withGraph((graph) => {
    const [id] = graph.store.getState().selection.nodes;
    openNode(graph, id);
  }),
};

const LEAVE: Action = {
  id: 'view.leave',
  label: 'Leave this graph',
  group: 'View',
  icon: CornerLeftUp,
  keys: ['Alt+ArrowUp'],
  history: 'none',
  when: ({ graph }) => graph !== null && graph.store.getState().view.trail.length > 0,
  perform: withGraph((graph) => showTrail(graph, graph.store.getState().view.trail.slice(0, -1))),
};

const TOGGLE_MINIMAP: Action = {
  id: 'view.minimap',
  label: 'Show or hide the map',
  group: 'View',
  icon: MapIcon,
  keys: ['Shift+M'],
  history: 'none',
  when: hasGraph,
  perform: () => stage.setState(({ hasMinimap }) => ({ hasMinimap: !hasMinimap })),
};

const TOGGLE_SNAP: Action = {
  id: 'view.snap',
  label: 'Snap to the grid while dragging, or not',
  group: 'View',
  icon: Grid3x3,
  keys: ['Shift+S'],
  history: 'none',
  when: hasGraph,
  perform: () => stage.setState(({ snaps }) => ({ snaps: !snaps })),
};

export const CANVAS_VIEW_ACTIONS: readonly Action[] = [
  FIND,
  FIT,
  GO_TO_SELECTION,
  ZOOM_IN,
  ZOOM_OUT,
  LIFE_SIZE,
  BACK,
  FORWARD,
  OPEN_NODE,
  LEAVE,
  TOGGLE_MINIMAP,
  TOGGLE_SNAP,
];

/** A place in another graph is shown when that graph is: the canvas goes to where it was looked at last. */
function goTo(open: OpenGraph, step: 1 | -1): void {
  rememberPlace(open);
  const there = locationsOf(open).go(step);
  if (there === undefined) return;
  const { trail } = open.store.getState().view;
  if (JSON.stringify(trail) !== JSON.stringify(there.trail)) showTrail(open, there.trail);
  requestAnimationFrame(() => void stage.getState().flow?.setViewport(there.viewport, { duration: motionMs() }));
}

function isGraphSelected({ graph: open }: ActionContext): boolean {
  if (open === null) return false;
  const { graph, view, selection } = open.store.getState();
  if (selection.nodes.size !== 1) return false;
  const node = bodyInView(graph, view).nodes.find(({ id }) => selection.nodes.has(id));
  return node !== undefined && graphNameOf(node.type) !== undefined;
}
