import { useStore } from 'zustand';
import { LiveRegion } from './announce/live-region.tsx';
import { NoticeList } from './announce/notice-list.tsx';
import { CameraBanner } from './camera/camera-banner.tsx';
import { Canvas } from './canvas/canvas.tsx';
import { FailedFilePage } from './files/failed-file-page.tsx';
import { graphName } from './files/graph-name.ts';
import { ChangedBanner, LineBanner, MissingFilesBanner } from './frame/banners.tsx';
import { Dialogs } from './frame/dialogs.tsx';
import { ResizeHandle } from './frame/resize-handle.tsx';
import { StatusBar } from './frame/status-bar.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { ModelPage } from './models/model-page.tsx';
import { Palette } from './palette/palette.tsx';
import { BottomPanel } from './panels/bottom-panel.tsx';
import { RunControls } from './run/run-controls.tsx';
import { StartPage } from './start/start-page.tsx';
import { type Tab, useApp } from './state/app-store.ts';
import type { OpenGraph } from './state/graph-store.ts';
import { OpenGraphProvider } from './state/open-graph-context.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

export function App() {
  const tab = useApp(({ tabs, front }) => tabs.find(({ id }) => id === front));
  const graph = tab?.kind === 'graph' ? tab.graph : null;
  return (
    <TooltipProvider delayDuration={500}>
      <div className="flex h-full flex-col">
        <TopBar graph={graph} />
        <LineBanner />
        <TabContent tab={tab} />
        <StatusBar graph={graph} />
      </div>
      <Dialogs />
      <NoticeList />
      <LiveRegion />
    </TooltipProvider>
  );
}

function TabContent({ tab }: { tab: Tab | undefined }) {
  if (tab === undefined) return <StartPage />;
  if (tab.kind === 'failed') return <FailedFilePage id={tab.id} file={tab.file} />;
  if (tab.kind === 'model') return <ModelPage key={tab.id} id={tab.id} model={tab.model} />;
  return (
    <OpenGraphProvider key={tab.id} graph={tab.graph}>
      <Editor graph={tab.graph} />
    </OpenGraphProvider>
  );
}

/** Run controls on top, the canvas between the side panels, and the bottom panel under them. */
function Editor({ graph }: { graph: OpenGraph }) {
  const { left, right, bottom } = useApp(({ layout }) => layout);
  const name = useStore(graph.store, graphName);
  return (
    <>
      <section aria-label="Run controls" className="shrink-0">
        <RunControls />
      </section>
      <div className="flex min-h-0 flex-1">
        {left.open && (
          <aside
            aria-label="Palette"
            style={{ width: left.size }}
            className="relative flex shrink-0 flex-col border-line border-r bg-panel"
          >
            <Palette />
            <ResizeHandle panel="left" label="Width of the palette" />
          </aside>
        )}
        <main aria-label="Canvas" className="flex min-w-0 flex-1 flex-col bg-canvas">
          <h1 className="sr-only">{name}</h1>
          <ChangedBanner graph={graph} />
          <MissingFilesBanner graph={graph} />
          <CameraBanner />
          <div className="relative min-h-0 flex-1">
            <Canvas />
          </div>
        </main>
        {right.open && (
          <aside
            aria-label="Inspector"
            style={{ width: right.size }}
            className="relative flex shrink-0 flex-col border-line border-l bg-panel"
          >
            <ResizeHandle panel="right" label="Width of the inspector" />
            <Inspector />
          </aside>
        )}
      </div>
      {bottom.open && (
        <section
          aria-label="Panel"
          style={{ height: bottom.size }}
          className="relative flex shrink-0 flex-col border-line border-t bg-panel"
        >
          <ResizeHandle panel="bottom" label="Height of the bottom panel" />
          <BottomPanel />
        </section>
      )}
    </>
  );
}
