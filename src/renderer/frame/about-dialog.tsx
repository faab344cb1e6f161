import { useEffect, useState } from 'react';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { useApp } from '../state/app-store.ts';
import { Dialog } from '../ui/dialog.tsx';

/** What this Weft is, and what the machine offers it. */
export function AboutDialog({ onClose }: { onClose(): void }) {
  const version = useApp(({ host }) => host?.version ?? '');
  const [facts, setFacts] = useState<Readonly<Record<string, string>> | null>(null);
  useEffect(() => {
    call('doctor').then(setFacts, notifyError);
  }, []);
  return (
    <Dialog
      title={`Weft ${version}`}
      description="A node-graph editor and engine for machine vision."
      width="wide"
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard too */}
      <section tabIndex={0} aria-label="Facts" className="overflow-y-auto px-4 py-2">
        <dl data-selectable className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {Object.entries(facts ?? { Machine: 'Looking at this machine…' }).map(([name, fact]) => (
            <div key={name} className="contents">
              <dt className="text-dim">{name}</dt>
              <dd className="min-w-0 whitespace-pre-wrap break-words font-mono">{fact}</dd>
            </div>
          ))}
          {/* Its licence asks for its name, which is not on the canvas. */}
          <dt className="text-dim">Canvas</dt>
          <dd className="font-mono">React Flow, reactflow.dev</dd>
        </dl>
      </section>
    </Dialog>
  );
}
