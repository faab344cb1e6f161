import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { notifyError } from '../announce/notices.ts';
import { pickFile } from '../files/pick-file.ts';
import { showModelTab } from '../state/tabs.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { ModelRow } from './model-row.tsx';
import { readShelf, useShelf } from './model-shelf.ts';
import { MODEL_EXTENSION } from './open-model.ts';

interface ModelsDialogProps {
  /** Takes the name or path of a model for whatever asked; null where nothing did. */
  readonly choose: ((path: string) => void) | null;
  onClose(): void;
}

/** The models that come with Weft, and those that it knows where to get. */
export function ModelsDialog({ choose, onClose }: ModelsDialogProps) {
  const models = useShelf((state) => state.models);
  const isWhole = useShelf((state) => state.isWhole);
  const [search, setSearch] = useState('');
  useEffect(() => {
    readShelf().catch(notifyError);
  }, []);
  const wanted = search.trim().toLowerCase();
  const found = [...models.values()].filter(({ name, task, family, notes }) =>
    `${name} ${task} ${family} ${notes}`.toLowerCase().includes(wanted),
  );
  const use = (path: string) => {
    choose?.(path);
    onClose();
  };
  const browse = async () => {
    const path = await pickFile({ mode: 'open', title: 'Choose a model', extensions: [MODEL_EXTENSION] });
    if (path === null) return;
    if (choose === null) showModelTab({ path, folder: null });
    use(path);
  };
  return (
    <Dialog
      title={choose === null ? 'Models' : 'Choose a model'}
      description="Nothing is downloaded unless you ask for it. Weights have licences of their own."
      width="wide"
      onClose={onClose}
    >
      <div className="flex gap-2 px-4 pb-2">
        <TextInput
          aria-label="Find a model"
          placeholder="Find a model"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          className="flex-1"
        />
        <Button icon={FolderOpen} onClick={() => browse().catch(notifyError)}>
          {choose === null ? 'Open a file…' : 'Choose a file…'}
        </Button>
      </div>
      <ul
        aria-label="Models"
        aria-busy={!isWhole}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
        tabIndex={0}
        className="h-[60vh] divide-y divide-line overflow-y-auto border-line border-t"
      >
        {isWhole && found.length === 0 && (
          <li className="py-6 text-center text-dim">No model has these words: try others, or open a file.</li>
        )}
        {found.map((model) => (
          <ModelRow key={model.name} model={model} choose={choose === null ? null : use} onLeave={onClose} />
        ))}
      </ul>
    </Dialog>
  );
}
