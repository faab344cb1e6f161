import { FileX2 } from 'lucide-react';
import { notifyError } from '../announce/notices.ts';
import type { FailedFile } from '../state/app-store.ts';
import { removeTab } from '../state/tabs.ts';
import { Button } from '../ui/button.tsx';
import { fileName } from './graph-name.ts';
import { openFile } from './open-file.ts';

/** In place of the canvas: a file that could not be opened, why, and that it is as it was. */
export function FailedFilePage({ id, file: { kind, path, problems } }: { id: string; file: FailedFile }) {
  const tryAgain = () => {
    removeTab(id);
    openFile(path).catch(notifyError);
  };
  return (
    <main className="flex flex-1 justify-center overflow-y-auto bg-canvas p-8">
      <div className="flex w-full max-w-xl flex-col gap-3 pt-[8vh]">
        <FileX2 aria-hidden className="size-8 text-failed" strokeWidth={1.5} />
        <h1 className="font-semibold text-lg">{HEADINGS[kind]}</h1>
        <p data-selectable className="break-all font-mono text-dim">
          {path}
        </p>
        <ul data-selectable className="flex flex-col divide-y divide-line rounded-node border border-line bg-panel">
          {problems.map((problem) => (
            <li key={`${problem.path} ${problem.message}`} className="px-3 py-2">
              {problem.message}
              {problem.path && <span className="ml-2 font-mono text-faint">{problem.path}</span>}
            </li>
          ))}
        </ul>
        <p className="text-dim">{fileName(path)} was not touched.</p>
        <div className="flex gap-2">
          <Button tone="main" onClick={tryAgain}>
            Try again
          </Button>
          <Button onClick={() => removeTab(id)}>Close</Button>
        </div>
      </div>
    </main>
  );
}

const HEADINGS: Readonly<Record<FailedFile['kind'], string>> = {
  missing: 'The file is not there',
  unreadable: 'The file cannot be read',
  'not-weft': 'The file is no Weft graph',
  newer: 'The graph was made by a newer Weft',
  invalid: 'The graph has parts of the wrong form',
};
