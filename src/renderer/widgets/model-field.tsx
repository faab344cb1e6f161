import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { pickFile } from '../files/pick-file.ts';
import { readShelf, useShelf } from '../models/model-shelf.ts';
import { purposeText } from '../models/model-words.ts';
import { MODEL_EXTENSION } from '../models/open-model.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { showDialog } from '../state/show-dialog.ts';
import { showModelTab } from '../state/tabs.ts';
import { MENU_CONTENT, MENU_ITEM, MENU_SEPARATOR } from '../ui/menu-styles.ts';
import type { FieldProps } from './field.ts';
import { readPath } from './path-field.tsx';
import { TextField } from './text-field.tsx';

/** A model as the graph says it: a path that is written, a file that is chosen, or one of those that are here. */
export function ModelField(field: FieldProps) {
  const folder = useGraphState(selectFolder);
  const model = typeof field.value === 'string' && field.value !== '' ? field.value : null;
  const set = (value: string) => field.edit({ kind: 'set', value, goesOn: false });
  return (
    <div className="nodrag nopan flex min-w-0 flex-1 flex-col">
      <div className="flex min-w-0 items-center">
        <TextField {...field} isCode read={readPath} placeholder="Path or name" />
        <ModelMenu label={field.label} model={model} folder={folder} onChoose={set} />
      </div>
      {field.size === 'full' && model !== null && <Purpose path={model} folder={folder} />}
    </div>
  );
}

const selectFolder = ({ file }: GraphState) => file?.folder ?? null;

interface ModelMenuProps {
  readonly label: string;
  readonly model: string | null;
  readonly folder: string | null;
  onChoose(path: string): void;
}

function ModelMenu({ label, model, folder, onChoose }: ModelMenuProps) {
  const models = useShelf((state) => state.models);
  const here = [...models.values()].filter(({ state }) => state.kind === 'bundled' || state.kind === 'here');
  const browse = async () => {
    const picked = await pickFile({ mode: 'open', title: 'Choose a model', extensions: [MODEL_EXTENSION] });
    if (picked !== null) onChoose(await call('relativePath', { folder, path: picked }));
  };
  const chooseFromAll = () => {
    // A file that was chosen there is said as the graph says paths; names are none.
    const choose = (path: string) => void call('relativePath', { folder, path }).then(onChoose, notifyError);
    showDialog({ kind: 'models', choose });
  };
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && readShelf().catch(notifyError)}>
      <DropdownMenu.Trigger
        aria-label={`Choose a model for ${label}`}
        title="Choose a model"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-control text-dim hover:bg-hover hover:text-fg data-[state=open]:bg-pressed"
      >
        <ChevronDown aria-hidden className="size-4" strokeWidth={1.75} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={2} collisionPadding={8} className={MENU_CONTENT}>
          {here.map(({ name, family }) => (
            <DropdownMenu.Item key={name} className={MENU_ITEM} onSelect={() => onChoose(name)}>
              <span className="size-3.5">{name === model && <Check aria-hidden className="size-3.5" />}</span>
              <span className="flex-1 font-mono">{name}</span>
              <span className="pl-4 font-mono text-2xs opacity-75">{family}</span>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className={MENU_SEPARATOR} />
          {/* The menu gives the focus back first: what is opened then keeps it. */}
          <MenuLine label="File…" onSelect={() => setTimeout(() => void browse().catch(notifyError))} />
          <MenuLine label="More models…" onSelect={() => setTimeout(chooseFromAll)} />
          {model !== null && (
            <MenuLine label="Look into it" onSelect={() => setTimeout(() => showModelTab({ path: model, folder }))} />
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuLine({ label, onSelect }: { label: string; onSelect(): void }) {
  return (
    <DropdownMenu.Item className={MENU_ITEM} onSelect={onSelect}>
      <span className="size-3.5" />
      {label}
    </DropdownMenu.Item>
  );
}

/** What the model is for, or why it cannot be read. */
function Purpose({ path, folder }: { path: string; folder: string | null }) {
  const [told, setTold] = useState<{ readonly text: string; readonly isFault: boolean } | null>(null);
  useEffect(() => {
    let isLeft = false;
    const show = (text: string, isFault: boolean) => !isLeft && setTold({ text, isFault });
    call('inspectModel', { path, folder }).then(
      ({ purpose }) => show(purposeText(purpose), false),
      (error: unknown) => show(error instanceof Error ? error.message : String(error), true),
    );
    return () => {
      isLeft = true;
    };
  }, [path, folder]);
  if (told === null) return null;
  return (
    <p className={`px-1.5 text-2xs ${told.isFault ? 'break-words text-attention' : 'truncate text-dim'}`}>
      {told.text}
    </p>
  );
}
