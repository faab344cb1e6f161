import { Ban, ChevronsDownUp, Eye, Lock } from 'lucide-react';
import type { GraphNode } from '../../shared/graph/document.ts';
import { bypassNodes } from '../../shared/graph/edit/bypass-nodes.ts';
import { collapse } from '../../shared/graph/edit/collapse.ts';
import { lock } from '../../shared/graph/edit/lock.ts';
import { setViewer } from '../../shared/graph/edit/set-viewer.ts';
import { editBody } from '../canvas/edit-body.ts';
import { installedTypes } from '../canvas/installed-types.ts';
import { showsViewerByDefault } from '../previews/viewer-pins.ts';
import { pathInView } from '../state/body-in-view.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';

/** What is switched on and off on nodes: viewer, bypass, lock, collapse. */
export function NodeFlags({ nodes }: { nodes: readonly GraphNode[] }) {
  const graph = useOpenGraph();
  const checked = useGraphState(selectChecked);
  const view = useGraphState(selectView);
  const ids = new Set(nodes.map(({ id }) => id));
  const isViewed = nodes.every(({ id, ui }) => {
    const path = pathInView(view, id);
    return ui?.viewer === undefined ? path !== null && showsViewerByDefault(checked, path) : ui.viewer !== false;
  });
  const isBypassed = nodes.every(({ bypass }) => bypass === true);
  const isLocked = nodes.every(({ ui }) => ui?.locked === true);
  const isCollapsed = nodes.every(({ ui }) => ui?.collapsed === true);
  return (
    <div className="-ml-1 flex gap-0.5">
      <IconButton
        icon={Eye}
        label={isViewed ? 'Hide the viewer' : 'Show the viewer'}
        pressed={isViewed}
        onClick={() => editBody(graph, 'Switch the viewer', (draft) => setViewer(draft, ids, !isViewed))}
      />
      <IconButton
        icon={Ban}
        label={isBypassed ? 'End the bypass' : 'Bypass'}
        pressed={isBypassed}
        onClick={() => editBody(graph, 'Bypass', (draft) => bypassNodes(draft, installedTypes, ids, !isBypassed))}
      />
      <IconButton
        icon={Lock}
        label={isLocked ? 'Unlock' : 'Lock'}
        pressed={isLocked}
        onClick={() => editBody(graph, 'Lock', (draft) => lock(draft, ids, !isLocked))}
      />
      <IconButton
        icon={ChevronsDownUp}
        label={isCollapsed ? 'Expand' : 'Collapse'}
        pressed={isCollapsed}
        onClick={() => editBody(graph, 'Collapse', (draft) => collapse(draft, ids, !isCollapsed))}
      />
    </div>
  );
}

const selectChecked = ({ checked }: GraphState) => checked;
const selectView = ({ view }: GraphState) => view;
