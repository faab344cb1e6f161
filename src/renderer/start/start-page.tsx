import { Boxes, FilePlus, FolderOpen, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RecentFile, SampleGraph } from '../../shared/protocol/window-calls.ts';
import type { Action } from '../actions/action.ts';
import { NEW_GRAPH, OPEN_GRAPH } from '../actions/file.ts';
import { SHOW_MODELS } from '../actions/models.ts';
import { notifyError } from '../announce/notices.ts';
import { performAction } from '../commands/perform-action.ts';
import { useKeys } from '../commands/use-keys.ts';
import { call } from '../connection/host.ts';
import { folderOf } from '../files/graph-name.ts';
import { openFile } from '../files/open-file.ts';
import { discardWork, lostWork, restoreWork } from '../files/restore.ts';
import { useApp } from '../state/app-store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { GraphSketch } from './graph-sketch.tsx';
import { WovenMark } from './woven-mark.tsx';

/** What is shown while no graph is in front: ways to begin. */
export function StartPage() {
  return (
    <main className="min-h-0 flex-1 overflow-y-auto bg-canvas">
      <div className="mx-auto flex min-h-full w-full max-w-5xl flex-col 2xl:max-w-7xl gap-8 px-8 py-[8vh]">
        <div className="flex items-center gap-3">
          <WovenMark />
          <div>
            <h1 className="font-semibold text-xl">Weft</h1>
            <p className="text-dim text-sm">Machine vision as a graph: wire nodes, press run, look at every value.</p>
          </div>
        </div>
        <LostWorkSection />
        <div className="grid gap-8 md:grid-cols-[1fr_260px]">
          <Samples />
          <div className="flex flex-col gap-8 md:order-first md:col-start-2 md:row-start-1">
            <section aria-label="Begin" className="flex flex-col gap-1">
              <StartButton action={NEW_GRAPH} icon={<FilePlus aria-hidden className="size-4 text-accent" />} />
              <StartButton action={OPEN_GRAPH} icon={<FolderOpen aria-hidden className="size-4 text-accent" />} />
              <StartButton action={SHOW_MODELS} icon={<Boxes aria-hidden className="size-4 text-accent" />} />
            </section>
            <RecentFiles />
          </div>
        </div>
      </div>
    </main>
  );
}

function StartButton({ action, icon }: { action: Action; icon: ReactNode }) {
  const keys = useKeys(action);
  return (
    <button
      type="button"
      onClick={() => performAction(action)}
      className="flex h-8 items-center gap-2 rounded-control border border-line bg-panel px-3 text-left text-sm hover:border-line-strong hover:bg-hover"
    >
      {icon}
      <span className="flex-1">{action.label}</span>
      {keys && <Keys keys={keys} />}
    </button>
  );
}

/** Asks the host for a list whenever there is a new line to it. Null until it has come. */
function useHostList<T>(read: () => Promise<readonly T[]>): [readonly T[] | null, (list: readonly T[]) => void] {
  const isOpen = useApp(({ line }) => line.state === 'open');
  const [list, setList] = useState<readonly T[] | null>(null);
  useEffect(() => {
    if (isOpen) read().then(setList, notifyError);
  }, [isOpen, read]);
  return [list, setList];
}

const readSamples = () => call('samples');
const readRecent = () => call('recent');

function Samples() {
  const [samples] = useHostList<SampleGraph>(readSamples);
  return (
    <section aria-labelledby="samples">
      <SectionTitle id="samples">Samples</SectionTitle>
      <ul className="grid gap-2 sm:grid-cols-2 2xl:grid-cols-3">
        {samples === null && <EmptyLine>Samples are shown here once the host answers.</EmptyLine>}
        {samples?.length === 0 && <EmptyLine>This Weft came without samples: start with a new graph.</EmptyLine>}
        {samples?.map(({ path, name, description, graph }) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => openFile(path).catch(notifyError)}
              className="flex h-full w-full flex-col gap-1 rounded-node border border-line bg-panel p-3 text-left hover:border-line-strong hover:bg-hover"
            >
              <GraphSketch graph={graph} />
              <span className="font-medium text-sm">{name}</span>
              <span className="text-dim">{description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentFiles() {
  const [recent, setRecent] = useHostList<RecentFile>(readRecent);
  const forget = async (path: string) => {
    await call('forgetRecent', { path });
    setRecent((recent ?? []).filter((file) => file.path !== path));
  };
  return (
    <section aria-labelledby="recent">
      <SectionTitle id="recent">Recent</SectionTitle>
      <ul className="flex flex-col">
        {(recent === null || recent.length === 0) && (
          <EmptyLine>Graphs that you open or save are listed here.</EmptyLine>
        )}
        {recent?.map(({ path, name, missing }) => (
          <li key={path} className="group flex items-center rounded-control hover:bg-hover">
            <button
              type="button"
              title={path}
              onClick={() => openFile(path).catch(notifyError)}
              className="flex min-w-0 flex-1 flex-col rounded-control px-2 py-1 text-left"
            >
              <span className={`max-w-full truncate ${missing ? 'text-dim line-through' : ''}`}>{name}</span>
              <span className="max-w-full truncate text-2xs text-faint">
                {missing ? 'No longer there' : folderOf(path)}
              </span>
            </button>
            <IconButton
              icon={X}
              label={`Remove ${name} from this list`}
              onClick={() => forget(path).catch(notifyError)}
              className="opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LostWorkSection() {
  const backups = useStore(lostWork, (state) => state.backups);
  if (backups.length === 0) return null;
  return (
    <section aria-labelledby="lost" className="rounded-node border border-line bg-attention-soft p-3">
      <SectionTitle id="lost">Unsaved work of an earlier window</SectionTitle>
      <ul className="flex flex-col gap-1">
        {backups.map((backup) => (
          <li key={backup.id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              {backup.name} <span className="text-dim">{new Date(backup.at).toLocaleString()}</span>
            </span>
            <Button onClick={() => discardWork(backup).catch(notifyError)}>Discard</Button>
            <Button tone="main" onClick={() => restoreWork(backup).catch(notifyError)}>
              Restore
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SectionTitle({ id, children }: { id: string; children: string }) {
  return (
    <h2 id={id} className="mb-2 font-semibold">
      {children}
    </h2>
  );
}

function EmptyLine({ children }: { children: string }) {
  return <li className="py-1 text-faint">{children}</li>;
}
