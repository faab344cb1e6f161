import type { FolderListing, PickRequest } from '../../shared/protocol/window-calls.ts';

type Entry = FolderListing['entries'][number];

interface ListedOptions {
  readonly mode: PickRequest['mode'];
  /** Endings of file names without the dot; none lists every file. */
  readonly extensions: readonly string[];
  /** A part of the names, in any case of letters. */
  readonly filter: string;
}

/** What a file dialog lists of a folder: folders first, by name as people count (`2` before `10`), hidden ones left out. */
export function listedEntries(entries: readonly Entry[], { mode, extensions, filter }: ListedOptions): Entry[] {
  const wanted = filter.trim().toLowerCase();
  const fits = ({ name, kind }: Entry) => {
    const lower = name.toLowerCase();
    if (!lower.includes(wanted) || (name.startsWith('.') && !wanted.startsWith('.'))) return false;
    if (kind === 'folder') return true;
    return mode !== 'folder' && (extensions.length === 0 || extensions.some((end) => lower.endsWith(`.${end}`)));
  };
  return entries.filter(fits).sort((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
    return a.name.localeCompare(b.name, undefined, { numeric: true });
  });
}

/** A path of the host's system, which the folder shows: `C:\data` or `/data`. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.startsWith('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}
