import { X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ComponentType } from 'react';
import { useApp } from '../state/app-store.ts';
import { showBottomTab, togglePanel } from '../state/change-layout.ts';
import type { GraphState } from '../state/graph-store.ts';
import { BOTTOM_TABS, type BottomTab } from '../state/layout.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { LogPanel } from './log-panel.tsx';
import { MemoryPanel } from './memory-panel.tsx';
import { countProblems, ProblemsPanel } from './problems-panel.tsx';
import { ProfilerPanel } from './profiler-panel.tsx';
import { RunsPanel } from './runs-panel.tsx';

export function BottomPanel() {
  const tab = useApp(({ layout }) => layout.bottomTab);
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => showBottomTab(value as BottomTab)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-7 shrink-0 items-center border-line border-b pr-1 pl-1">
        <Tabs.List aria-label="Panels" className="flex h-full flex-1">
          {BOTTOM_TABS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="flex items-center gap-1.5 border-transparent border-b-2 px-2.5 text-dim hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg"
            >
              {PANELS[name].label}
              {name === 'problems' && <ProblemCount />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <IconButton icon={X} label="Close the panel" onClick={() => togglePanel('bottom')} />
      </div>
      {BOTTOM_TABS.map((name) => {
        const { Panel } = PANELS[name];
        return (
          <Tabs.Content
            key={name}
            value={name}
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col data-[state=inactive]:hidden"
          >
            <Panel />
          </Tabs.Content>
        );
      })}
    </Tabs.Root>
  );
}

const PANELS: Readonly<Record<BottomTab, { readonly label: string; readonly Panel: ComponentType }>> = {
  problems: { label: 'Problems', Panel: ProblemsPanel },
  log: { label: 'Log', Panel: LogPanel },
  runs: { label: 'Runs', Panel: RunsPanel },
  profiler: { label: 'Profiler', Panel: ProfilerPanel },
  memory: { label: 'Memory', Panel: MemoryPanel },
};

function ProblemCount() {
  const count = useGraphState(selectCount);
  if (count === 0) return null;
  return <span className="tabular rounded-full bg-failed-soft px-1.5 text-2xs text-failed">{count}</span>;
}

const selectCount = (state: GraphState) => countProblems(state);
