import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Grid2x2,
  type LucideIcon,
  Network,
} from 'lucide-react';
import { type Alignment, align } from '../../shared/graph/edit/align.ts';
import { distribute } from '../../shared/graph/edit/distribute.ts';
import { snap } from '../../shared/graph/edit/snap.ts';
import { editBody } from '../canvas/edit-body.ts';
import { layOutGraph } from '../canvas/lay-out-graph.ts';
import { GRID, stage } from '../canvas/stage.ts';
import type { Action } from './action.ts';
import { hasBoxes, hasGraph, withGraph } from './canvas-conditions.ts';

const LAY_OUT: Action = {
  id: 'arrange.layout',
  label: 'Lay out',
  group: 'Arrange',
  icon: Network,
  keys: ['Shift+L'],
  history: 'step',
  when: hasGraph,
  perform: withGraph(layOutGraph),
};

const SNAP: Action = {
  id: 'arrange.snap',
  label: 'Move to the grid',
  group: 'Arrange',
  icon: Grid2x2,
  history: 'step',
  when: hasBoxes(),
  perform: withGraph((graph) => {
    const { selection } = graph.store.getState();
    editBody(graph, 'Move to the grid', (draft) => snap(draft, selection, GRID));
  }),
};

export const CANVAS_ARRANGE_ACTIONS: readonly Action[] = [
  LAY_OUT,
  alignAction('left', AlignStartVertical),
  alignAction('centre', AlignCenterVertical),
  alignAction('right', AlignEndVertical),
  alignAction('top', AlignStartHorizontal),
  alignAction('middle', AlignCenterHorizontal),
  alignAction('bottom', AlignEndHorizontal),
  distributeAction('horizontally', AlignHorizontalDistributeCenter),
  distributeAction('vertically', AlignVerticalDistributeCenter),
  SNAP,
];

function alignAction(alignment: Alignment, icon: LucideIcon): Action {
  return {
    id: `arrange.align-${alignment}`,
    label: `Align ${alignment}`,
    group: 'Arrange',
    icon,
    history: 'step',
    when: hasBoxes(2),
    perform: withGraph((graph) => {
      const { selection } = graph.store.getState();
      const { sizes } = stage.getState();
      editBody(graph, `Align ${alignment}`, (draft) => align(draft, selection, alignment, sizes));
    }),
  };
}

function distributeAction(direction: 'horizontally' | 'vertically', icon: LucideIcon): Action {
  return {
    id: `arrange.distribute-${direction}`,
    label: `Distribute ${direction}`,
    group: 'Arrange',
    icon,
    history: 'step',
    when: hasBoxes(3),
    perform: withGraph((graph) => {
      const { selection } = graph.store.getState();
      const { sizes } = stage.getState();
      editBody(graph, `Distribute ${direction}`, (draft) => distribute(draft, selection, direction, sizes));
    }),
  };
}
