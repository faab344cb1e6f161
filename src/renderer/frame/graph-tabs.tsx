import { Box, House, Plus, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { NEW_GRAPH } from '../actions/file.ts';
import { SHOW_START } from '../actions/view.ts';
import { notifyError } from '../announce/notices.ts';
import { closeTab } from '../files/close.ts';
import { fileName, graphName } from '../files/graph-name.ts';
import { type FailedFile, type Tab, useApp } from '../state/app-store.ts';
import type { GraphState, OpenGraph } from '../state/graph-store.ts';
import { showTab } from '../state/tabs.ts';
import { ActionButton } from './action-button.tsx';

/** The open graphs; the mark of an unsaved one is where its close button comes on hover. */
export function GraphTabs() {
  const tabs = useApp((state) => state.tabs);
  const front = useApp((state) => state.front);
  return (
    <nav aria-label="Open graphs" className="flex min-w-0 flex-1 items-center gap-0.5">
      <ActionButton action={SHOW_START} icon={House} pressed={front === null} />
      <ul className="flex min-w-0 items-center gap-0.5 overflow-x-auto [scrollbar-width:none]">
        {tabs.map((tab) => (
          <TabItem key={tab.id} tab={tab} isFront={tab.id === front} />
        ))}
      </ul>
      <ActionButton action={NEW_GRAPH} icon={Plus} />
    </nav>
  );
}

function TabItem({ tab, isFront }: { tab: Tab; isFront: boolean }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isFront) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isFront]);
  return (
    <li
      ref={item}
      className={`group flex h-6 max-w-48 shrink-0 items-center rounded-control ${isFront ? 'bg-pressed text-fg' : 'text-dim hover:bg-hover hover:text-fg'}`}
    >
      {tab.kind === 'graph' && <GraphTab graph={tab.graph} isFront={isFront} />}
      {tab.kind === 'failed' && <FailedTab id={tab.id} file={tab.file} isFront={isFront} />}
      {tab.kind === 'model' && <ModelTab id={tab.id} path={tab.model.path} isFront={isFront} />}
    </li>
  );
}

const selectSaved = ({ saved }: GraphState) => saved;
const selectPath = ({ file }: GraphState) => file?.path;

function GraphTab({ graph, isFront }: { graph: OpenGraph; isFront: boolean }) {
  const name = useStore(graph.store, graphName);
  const saved = useStore(graph.store, selectSaved);
  const path = useStore(graph.store, selectPath);
  return (
    <>
      <TabButton
        id={graph.id}
        label={saved ? name : `${name}, not saved`}
        isFront={isFront}
        title={path ?? 'Not saved yet'}
      >
        <span className="truncate">{name}</span>
      </TabButton>
      <CloseButton id={graph.id} name={name} unsaved={!saved} />
    </>
  );
}

function FailedTab({ id, file, isFront }: { id: string; file: FailedFile; isFront: boolean }) {
  const name = fileName(file.path);
  return (
    <>
      <TabButton id={id} label={`${name}, could not be opened`} isFront={isFront} title={file.path}>
        <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-failed" />
        <span className="truncate">{name}</span>
      </TabButton>
      <CloseButton id={id} name={name} unsaved={false} />
    </>
  );
}

function ModelTab({ id, path, isFront }: { id: string; path: string; isFront: boolean }) {
  const name = fileName(path);
  return (
    <>
      <TabButton id={id} label={`${name}, model`} isFront={isFront} title={path}>
        <Box aria-hidden className="size-3.5 shrink-0 text-(--pin-model)" />
        <span className="truncate">{name}</span>
      </TabButton>
      <CloseButton id={id} name={name} unsaved={false} />
    </>
  );
}

interface TabButtonProps {
  readonly id: string;
  /** Its name for assistive technology. */
  readonly label: string;
  readonly isFront: boolean;
  readonly title: string;
  readonly children: React.ReactNode;
}

function TabButton({ id, label, isFront, title, children }: TabButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-current={isFront ? 'page' : undefined}
      title={title}
      onClick={() => showTab(id)}
      onAuxClick={({ button }) => button === 1 && close(id)}
      className="flex h-6 min-w-0 items-center gap-1.5 rounded-control pr-1 pl-2"
    >
      {children}
    </button>
  );
}

function CloseButton({ id, name, unsaved }: { id: string; name: string; unsaved: boolean }) {
  return (
    <button
      type="button"
      aria-label={`Close ${name}`}
      onClick={() => close(id)}
      className="group/close mr-0.5 flex size-5 shrink-0 items-center justify-center rounded-control hover:bg-line-strong/50"
    >
      {unsaved && (
        <span
          aria-hidden
          className="size-2 rounded-full bg-fg group-hover/close:hidden group-focus-visible/close:hidden"
        />
      )}
      <X
        aria-hidden
        className={`size-3.5 ${unsaved ? 'hidden group-hover/close:block group-focus-visible/close:block' : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100'}`}
      />
    </button>
  );
}

function close(id: string): void {
  closeTab(id).catch(notifyError);
}
