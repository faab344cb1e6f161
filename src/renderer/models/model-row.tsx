import { ArrowDownToLine, ScanSearch, Trash2, X } from 'lucide-react';
import type { ModelEntry } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { formatBytes } from '../previews/format-value.ts';
import { frontGraph, showModelTab } from '../state/tabs.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { insertModel } from './insert-model.ts';
import { cancelDownload, download, removeModel } from './model-shelf.ts';
import { openSuggestedGraph } from './open-model.ts';

interface ModelRowProps {
  readonly model: ModelEntry;
  /** Takes its name for whatever asked; null where nothing did. */
  readonly choose: ((name: string) => void) | null;
  /** What was asked for is seen behind the dialog. */
  onLeave(): void;
}

/** A model of the catalogue, and what can be done with it. */
export function ModelRow({ model, choose, onLeave }: ModelRowProps) {
  const { name, task, family, notes, licence, bytes, source, state } = model;
  const failure = state.kind === 'absent' ? state.failure : null;
  return (
    <li aria-label={name} className="flex min-h-14 items-center gap-4 px-4 py-2">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex items-baseline gap-2">
          <span className="font-medium font-mono text-sm">{name}</span>
          <span className="text-dim">{task}</span>
          <span className="font-mono text-2xs text-faint" title="Family">
            {family}
          </span>
        </p>
        <p className="text-dim">{notes}</p>
        <p className="tabular text-2xs text-faint">
          {[licence, formatBytes(bytes), source].filter((part) => part !== null).join(' · ')}
        </p>
        {failure && (
          <p role="alert" data-selectable className="break-words text-failed">
            {failure.message}
          </p>
        )}
      </div>
      <div className="flex w-56 shrink-0 items-center justify-end gap-1">
        <RowState model={model} choose={choose} onLeave={onLeave} />
      </div>
    </li>
  );
}

function RowState({ model, choose, onLeave }: ModelRowProps) {
  const { name, bytes, state } = model;
  const attempt = (act: Promise<void>) => void act.catch(notifyError);
  switch (state.kind) {
    case 'pulling':
      return (
        <>
          <DownloadProgress name={name} state={state} />
          <IconButton icon={X} label={`Stop the download of ${name}`} onClick={() => attempt(cancelDownload(name))} />
        </>
      );
    case 'absent': {
      // Sizes of the catalogue may be rounded.
      const part = Math.min(99, Math.floor((state.partBytes / bytes) * 100));
      const verb = state.failure !== null ? 'Try again' : state.partBytes > 0 ? `Resume at ${part} %` : 'Download';
      return (
        <>
          {state.partBytes > 0 && (
            <IconButton
              icon={Trash2}
              label={`Discard the part of ${name}`}
              onClick={() => attempt(removeModel(model))}
            />
          )}
          <Button icon={ArrowDownToLine} aria-label={`${verb} ${name}`} onClick={() => attempt(download(model))}>
            {verb}
          </Button>
        </>
      );
    }
    case 'bundled':
    case 'here':
      return (
        <>
          {state.kind === 'here' && (
            <IconButton icon={Trash2} label={`Remove ${name}`} onClick={() => attempt(removeModel(model))} />
          )}
          <IconButton
            icon={ScanSearch}
            label={`Look into ${name}`}
            onClick={() => {
              showModelTab({ path: name, folder: null });
              onLeave();
            }}
          />
          <UseButtons name={name} choose={choose} onLeave={onLeave} />
        </>
      );
  }
}

function UseButtons({ name, choose, onLeave }: Omit<ModelRowProps, 'model'> & { name: string }) {
  if (choose !== null) {
    return (
      <Button tone="main" aria-label={`Use ${name}`} onClick={() => choose(name)}>
        Use
      </Button>
    );
  }
  const graph = frontGraph();
  const openGraph = () => {
    openSuggestedGraph({ path: name, folder: null }).then(onLeave, notifyError);
  };
  return (
    <>
      {graph && (
        <Button
          aria-label={`Insert ${name}`}
          onClick={() => {
            onLeave();
            insertModel(graph, name);
          }}
        >
          Insert
        </Button>
      )}
      <Button tone="main" aria-label={`New graph for ${name}`} onClick={openGraph}>
        New graph
      </Button>
    </>
  );
}
