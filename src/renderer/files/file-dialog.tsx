import { CornerLeftUp, File, Folder } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { FolderListing, PickRequest } from '../../shared/protocol/window-calls.ts';
import { call } from '../connection/host.ts';
import { ask } from '../state/show-dialog.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { moveFocus } from '../ui/move-focus.ts';
import { TextInput } from '../ui/text-input.tsx';
import { joinPath, listedEntries } from './folder-listing.ts';
import { fileName, folderOf } from './graph-name.ts';
import { isAbsolutePath } from './path-literals.ts';

type ShownEntry = FolderListing['entries'][number] & { readonly path: string };

interface FileDialogProps {
  readonly request: PickRequest;
  onAnswer(path: string | null): void;
}

/** The window's own file dialog, over the folders of the host that the person allowed. */
export function FileDialog({ request, onAnswer }: FileDialogProps) {
  const { mode, title, suggested = '', extensions = [] } = request;
  const [folder, setFolder] = useState<FolderListing | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const firstName = mode === 'save' ? fileName(suggested) : '';
  const [name, setName] = useState(firstName);
  const list = useRef<HTMLUListElement>(null);
  /** What was asked of the host last: who presses Enter before it has answered waits for it. */
  const coming = useRef<Promise<FolderListing | null>>(Promise.resolve(null));

  const look = async (path: string | null): Promise<FolderListing | null> => {
    try {
      const listing = await call('listFolder', { path });
      setFolder(listing);
      setFault(null);
      return listing;
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  const goTo = (path: string | null): Promise<FolderListing | null> => {
    coming.current = look(path);
    return coming.current;
  };
  const begin = async () => {
    const folder = isAbsolutePath(suggested) ? folderOf(suggested) : lastFolder;
    // It may be gone by now.
    return (folder !== null && (await look(folder))) || look(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the dialog opens
  useEffect(() => {
    coming.current = begin();
  }, []);

  const answer = (path: string) => {
    lastFolder = mode === 'folder' ? path : folderOf(path);
    onAnswer(path);
  };
  const shownOf = (listing: FolderListing): ShownEntry[] =>
    listedEntries(listing.entries, { mode, extensions, filter: mode === 'save' ? '' : name }).map((entry) => {
      return { ...entry, path: joinPath(listing.path, entry.name) };
    });
  const entries = folder === null ? [] : shownOf(folder);
  // Enter in the field then takes the first one.
  const isFiltered = mode === 'open' && name !== '';
  const enter = async ({ kind, name, path }: ShownEntry) => {
    if (kind === 'folder') {
      if (mode !== 'save') setName('');
      await goTo(path);
      // Once the new entries are there.
      requestAnimationFrame(() => list.current?.querySelector('button')?.focus());
    } else if (mode === 'save') setName(name);
    else answer(path);
  };

  const saveAs = async (into: FolderListing, typed: string) => {
    if (typed === '') return setFault('The file has no name yet: give it one.');
    const withEnd = extensions.length === 0 || hasExtension(typed, extensions);
    const chosen = withEnd ? typed : `${typed}.${extensions[0]}`;
    const isThere = into.entries.some((entry) => entry.name === chosen);
    if (!isThere || (await askToReplace(chosen))) answer(joinPath(into.path, chosen));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = name.trim();
    if (isAbsolutePath(typed)) {
      if (mode === 'open') return answer(typed);
      const isFile = mode === 'save' && isFileName(typed, extensions);
      const listing = await goTo(isFile ? folderOf(typed) : typed);
      if (listing === null) return;
      if (isFile) await saveAs(listing, fileName(typed));
      else setName(firstName);
      return;
    }
    const here = (await coming.current) ?? folder;
    if (here === null) return;
    if (mode === 'folder') return answer(here.path);
    if (mode === 'save') return saveAs(here, typed);
    const [first] = shownOf(here);
    if (first !== undefined) await enter(first);
  };

  return (
    <Dialog title={title} width="wide" onClose={() => onAnswer(null)}>
      <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-col">
        <div className="flex items-center gap-1 px-4 pb-2">
          <IconButton
            icon={CornerLeftUp}
            label="Go to the folder above"
            disabled={!folder?.parent}
            onClick={() => void goTo(folder?.parent ?? null)}
          />
          <span data-selectable className="min-w-0 flex-1 truncate font-mono text-dim" title={folder?.path}>
            {folder?.path ?? 'Looking…'}
          </span>
        </div>
        <div className="flex h-[45vh] min-h-0 border-line border-y">
          <ul aria-label="Allowed folders" className="w-40 shrink-0 overflow-y-auto border-line border-r p-1">
            {folder?.roots.map((root) => (
              <li key={root.path}>
                <EntryButton icon="folder" name={root.name} onEnter={() => void goTo(root.path)} />
              </li>
            ))}
          </ul>
          <ul ref={list} aria-label="Folder contents" onKeyDown={moveFocus} className="flex-1 overflow-y-auto p-1">
            {entries.map((entry, index) => (
              <li key={entry.name} className={index === 0 && isFiltered ? 'rounded-control bg-hover' : ''}>
                <EntryButton icon={entry.kind} name={entry.name} onEnter={() => void enter(entry)} />
              </li>
            ))}
            {folder !== null && entries.length === 0 && (
              <li className="p-2 text-dim">{emptyText(mode, name, extensions)}</li>
            )}
          </ul>
        </div>
        {fault && (
          <p role="alert" className="px-4 pt-2 text-failed">
            {fault}
          </p>
        )}
        <div className="flex items-center gap-2 p-4">
          <TextInput
            autoFocus
            aria-label={mode === 'save' ? 'File name' : 'Filter, or a whole path'}
            placeholder={mode === 'save' ? 'File name' : 'Filter, or a whole path'}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onFocus={({ target }) => target.select()}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              list.current?.querySelector('button')?.focus();
            }}
            className="flex-1"
          />
          <Button onClick={() => onAnswer(null)}>Cancel</Button>
          <Button type="submit" tone="main">
            {{ open: 'Open', save: 'Save', folder: 'Choose this folder' }[mode]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function hasExtension(name: string, extensions: readonly string[]): boolean {
  return extensions.some((end) => name.toLowerCase().endsWith(`.${end}`));
}

/** Whether a whole path is that of a file to save, and not of the folder to save it in. */
function isFileName(path: string, extensions: readonly string[]): boolean {
  return extensions.length === 0 ? fileName(path).includes('.') : hasExtension(path, extensions);
}

/** Where the last file was chosen: the next dialog begins there. */
let lastFolder: string | null = null;

function EntryButton({ icon, name, onEnter }: { icon: 'folder' | 'file'; name: string; onEnter(): void }) {
  const Icon = icon === 'folder' ? Folder : File;
  return (
    <button
      type="button"
      onClick={onEnter}
      className="flex h-6 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover focus-visible:bg-pressed"
    >
      <Icon aria-hidden className={`size-3.5 shrink-0 ${icon === 'folder' ? 'text-accent' : 'text-dim'}`} />
      <span className="truncate">{name}</span>
    </button>
  );
}

function emptyText(mode: PickRequest['mode'], filter: string, extensions: readonly string[]): string {
  if (filter !== '' && mode !== 'save') return 'Nothing here has this name: change the filter.';
  if (mode === 'folder') return 'There are no folders in here.';
  return extensions.length === 0 ? 'The folder is empty.' : `No file in here ends in .${extensions.join(' or .')}.`;
}

async function askToReplace(name: string): Promise<boolean> {
  const choice = await ask({
    title: `Write over ${name}?`,
    text: 'A file of this name is there already. Its previous version is kept beside it.',
    choices: [
      { id: 'replace', label: 'Write over it', tone: 'danger' },
      { id: 'cancel', label: 'Cancel', tone: 'main' },
    ],
  });
  return choice === 'replace';
}
