import { Circle, CircleAlert, CircleCheck, PlugZap, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { DownloadStatus } from '../models/download-status.tsx';
import { countProblems } from '../panels/problems-panel.tsx';
import { useApp } from '../state/app-store.ts';
import { showBottomTab } from '../state/change-layout.ts';
import type { GraphState, OpenGraph } from '../state/graph-store.ts';
import { OpenGraphProvider, useGraphState } from '../state/open-graph-context.tsx';

/** One line at the bottom: the line to the host, the engine, and what is known of the graph in front. */
export function StatusBar({ graph }: { graph: OpenGraph | null }) {
  return (
    <footer className="flex h-6 shrink-0 items-center gap-3 border-line border-t bg-panel px-2 text-dim text-xs">
      <LineState />
      <EngineState />
      <DownloadStatus />
      <span className="flex-1" />
      {graph && (
        <OpenGraphProvider graph={graph}>
          <GraphFacts />
        </OpenGraphProvider>
      )}
    </footer>
  );
}

function LineState() {
  const line = useApp((state) => state.line);
  const host = useApp((state) => state.host);
  if (line.state === 'lost') return <Fact icon={<PlugZap className="size-3.5 text-failed" />}>Disconnected</Fact>;
  if (line.state === 'connecting') return <Fact icon={<Circle className="size-3 text-attention" />}>Connecting</Fact>;
  const where = host?.host === 'desktop' ? 'This computer' : location.host;
  return <Fact icon={<Circle className="size-2 fill-current text-done" />}>{where}</Fact>;
}

function EngineState() {
  const line = useApp((state) => state.line);
  const engine = useApp((state) => state.engine);
  if (line.state !== 'open') return null;
  if (engine.state === 'ready') return <span>Engine ready</span>;
  return (
    <Fact icon={<CircleAlert className="size-3.5 text-attention" />}>
      <span className="truncate">{engine.message}</span>
    </Fact>
  );
}

const selectNodes = ({ graph }: GraphState) => graph.nodes.length;
const selectSaved = ({ saved }: GraphState) => saved;
const selectReadOnly = ({ file }: GraphState) => file?.readOnly ?? false;
const selectTrusted = ({ trusted }: GraphState) => trusted;

function GraphFacts() {
  const problems = useGraphState(countProblems);
  const nodes = useGraphState(selectNodes);
  const saved = useGraphState(selectSaved);
  const readOnly = useGraphState(selectReadOnly);
  const trusted = useGraphState(selectTrusted);
  const zoom = useApp((state) => state.zoom);
  return (
    <>
      {!trusted && (
        <Fact icon={<ShieldQuestion className="size-3.5 text-attention" />}>
          <span title="It came from elsewhere: nodes with code of its own ask before they run.">Untrusted</span>
        </Fact>
      )}
      <button
        type="button"
        onClick={() => showBottomTab('problems')}
        className="flex items-center gap-1.5 rounded-control px-1 hover:text-fg"
      >
        {problems === 0 ? (
          <CircleCheck aria-hidden className="size-3.5" />
        ) : (
          <CircleAlert aria-hidden className="size-3.5 text-failed" />
        )}
        {problems === 0 ? 'No problems' : problems === 1 ? '1 problem' : `${problems} problems`}
      </button>
      <span className="tabular">{nodes === 1 ? '1 node' : `${nodes} nodes`}</span>
      <span className="tabular">{Math.round(zoom * 100)} %</span>
      <span>{saved ? (readOnly ? 'Read-only' : 'Saved') : 'Not saved'}</span>
    </>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {icon}
      {children}
    </span>
  );
}
