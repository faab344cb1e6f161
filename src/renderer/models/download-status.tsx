import { ArrowDownToLine } from 'lucide-react';
import { useMemo } from 'react';
import { showDialog } from '../state/show-dialog.ts';
import { useShelf } from './model-shelf.ts';
import { progressText } from './model-words.ts';

/** In the status bar: the downloads that are under way. */
export function DownloadStatus() {
  const models = useShelf((state) => state.models);
  const pulling = useMemo(
    () => [...models.values()].flatMap(({ name, state }) => (state.kind === 'pulling' ? [{ name, state }] : [])),
    [models],
  );
  if (pulling.length === 0) return null;
  const [first] = pulling;
  return (
    <button
      type="button"
      onClick={() => showDialog({ kind: 'models', choose: null })}
      className="tabular flex items-center gap-1.5 rounded-control px-1 hover:text-fg"
    >
      <ArrowDownToLine aria-hidden className="size-3.5 text-accent" />
      {pulling.length === 1
        ? `Downloading ${first.name}: ${progressText(first.state)}`
        : `Downloading ${pulling.length} models`}
    </button>
  );
}
