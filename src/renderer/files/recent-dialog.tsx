import { File, FileX2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RecentFile } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { SearchDialog, SearchItem } from '../ui/search-dialog.tsx';
import { folderOf } from './graph-name.ts';
import { openFile } from './open-file.ts';

/** Finds a graph among those that were opened or saved last, the newest first, and opens it. */
export function RecentDialog({ onClose }: { onClose(): void }) {
  const [files, setFiles] = useState<readonly RecentFile[] | null>(null);
  useEffect(() => {
    call('recent').then(setFiles, notifyError);
  }, []);
  const open = (path: string) => {
    onClose();
    openFile(path).catch(notifyError);
  };
  return (
    <SearchDialog
      title="Recent graphs"
      placeholder="Which graph?"
      listLabel="Recent graphs, newest first"
      empty={files?.length === 0 ? 'Graphs that you open or save are listed here.' : 'No recent graph has this name.'}
      onClose={onClose}
    >
      {files?.map(({ path, name, missing }) => {
        const Icon = missing ? FileX2 : File;
        return (
          <SearchItem key={path} value={`${name} ${path}`} onSelect={() => open(path)}>
            <Icon aria-hidden className="size-4 shrink-0 text-dim" strokeWidth={1.75} />
            <span className={`min-w-0 truncate ${missing ? 'text-dim line-through' : ''}`}>{name}</span>
            <span className="min-w-0 flex-1 truncate text-right text-dim">
              {missing ? 'No longer there' : folderOf(path)}
            </span>
          </SearchItem>
        );
      })}
    </SearchDialog>
  );
}
