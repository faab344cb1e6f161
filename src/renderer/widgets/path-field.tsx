import { FolderOpen } from 'lucide-react';
import type { PickRequest } from '../../shared/protocol/window-calls.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { pickFile } from '../files/pick-file.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import type { FieldProps } from './field.ts';
import { TextField } from './text-field.tsx';
import type { Reading } from './use-draft.ts';

interface PathFieldProps extends FieldProps {
  readonly mode: PickRequest['mode'];
}

/** A path as the graph says it, written or chosen. One to read is relative to the graph's folder where it can be. */
export function PathField({ mode, ...field }: PathFieldProps) {
  const folder = useGraphState(selectFolder);
  const browse = async () => {
    const title = mode === 'folder' ? 'Choose a folder' : mode === 'save' ? 'Choose where to write' : 'Choose a file';
    const picked = await pickFile({ mode, title });
    if (picked === null) return;
    // What is written goes by the output folder, which is not the graph's.
    const value = mode === 'save' ? picked : await call('relativePath', { folder, path: picked });
    field.edit({ kind: 'set', value, goesOn: false });
  };
  return (
    <div className="nodrag nopan flex min-w-0 flex-1 items-center">
      <TextField {...field} isCode read={readPath} placeholder="Path" />
      <IconButton
        icon={FolderOpen}
        label={`Browse for ${field.label}`}
        onClick={() => void browse().catch(notifyError)}
      />
    </div>
  );
}

const selectFolder = ({ file }: GraphState) => file?.folder ?? null;

export function readPath(text: string): Reading {
  const path = text.trim();
  return path === ''
    ? { ok: false, reason: 'Write the path of a file or folder, or choose one.' }
    : { ok: true, value: path };
}
