import { PanelBottom, PanelLeft, PanelRight, Redo2, Search, Settings, Undo2 } from 'lucide-react';
import { REDO, UNDO } from '../actions/edit.ts';
import { SHOW_COMMANDS, SHOW_SETTINGS, TOGGLE_BOTTOM, TOGGLE_LEFT, TOGGLE_RIGHT } from '../actions/view.ts';
import { useApp } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { OpenGraphProvider, useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { ActionButton } from './action-button.tsx';
import { GraphTabs } from './graph-tabs.tsx';
import { HistoryButton } from './history-list.tsx';
import { MenuBar } from './menu-bar.tsx';

/** Menus, tabs and what concerns the whole window. */
export function TopBar({ graph }: { graph: OpenGraph | null }) {
  return (
    <header className="flex h-8 shrink-0 items-center gap-1 border-line border-b bg-panel px-1">
      <MenuBar />
      <div className="mx-1 h-4 w-px bg-line" />
      <GraphTabs />
      {graph && (
        <OpenGraphProvider graph={graph}>
          <HistoryButtons />
          <PanelButtons />
        </OpenGraphProvider>
      )}
      <ActionButton action={SHOW_COMMANDS} icon={Search} />
      <ActionButton action={SHOW_SETTINGS} icon={Settings} />
    </header>
  );
}

function HistoryButtons() {
  const { editor } = useOpenGraph();
  // Renders again with each edit.
  useGraphState(({ graph }) => graph);
  return (
    <>
      <ActionButton action={UNDO} icon={Undo2} disabled={!editor.canUndo} />
      <ActionButton action={REDO} icon={Redo2} disabled={!editor.canRedo} />
      <HistoryButton />
      <div className="mx-1 h-4 w-px bg-line" />
    </>
  );
}

function PanelButtons() {
  const layout = useApp((state) => state.layout);
  return (
    <>
      <ActionButton action={TOGGLE_LEFT} icon={PanelLeft} pressed={layout.left.open} />
      <ActionButton action={TOGGLE_BOTTOM} icon={PanelBottom} pressed={layout.bottom.open} />
      <ActionButton action={TOGGLE_RIGHT} icon={PanelRight} pressed={layout.right.open} />
      <div className="mx-1 h-4 w-px bg-line" />
    </>
  );
}
