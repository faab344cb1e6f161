import { FolderOpen, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { BackendStatus } from '../../shared/node-api/backend.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { pickFile } from '../files/pick-file.ts';
import { useApp } from '../state/app-store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { changeSettings } from './change-settings.ts';
import { MemoryBudgetField } from './memory-budget-field.tsx';

export function GeneralPage() {
  const settings = useApp((state) => state.settings);
  return (
    <div className="flex flex-col gap-4">
      <Setting name="Theme">
        <ChoiceList
          label="Theme"
          value={settings.theme}
          choices={THEMES}
          onChoose={(theme) => changeSettings({ theme })}
          className="w-40"
        />
      </Setting>
      <Setting name="Default backend" hint="Runs every model that leaves the choice open.">
        <BackendChoice backend={settings.backend} />
      </Setting>
      <Setting name="Memory budget" hint="For the values of a run, in MiB. Counts from the next start.">
        <MemoryBudgetField budget={settings.memoryBudget} />
      </Setting>
      <Setting name="Models" hint="Downloaded models are kept here. Counts from the next start.">
        <FolderRow
          path={settings.modelsFolder}
          placeholder="The usual folder"
          onRemove={() => changeSettings({ modelsFolder: null })}
        />
        <ChooseFolder
          label="Choose a folder…"
          title="Folder for models"
          onChoose={(modelsFolder) => changeSettings({ modelsFolder })}
        />
      </Setting>
      <Setting name="Your own nodes" hint="Folders with node files. Counts from the next start.">
        {settings.nodesFolders.map((path) => (
          <FolderRow
            key={path}
            path={path}
            onRemove={() => changeSettings({ nodesFolders: settings.nodesFolders.filter((folder) => folder !== path) })}
          />
        ))}
        <ChooseFolder
          label="Add a folder…"
          title="Folder with nodes"
          onChoose={(path) => changeSettings({ nodesFolders: [...new Set([...settings.nodesFolders, path])] })}
        />
      </Setting>
    </div>
  );
}

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

function Setting({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="flex gap-4">
      {/* A legend that floats is laid out as any other part. */}
      <legend className="float-left w-40 leading-6">{name}</legend>
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        {children}
        {hint && <p className="text-faint">{hint}</p>}
      </div>
    </fieldset>
  );
}

function BackendChoice({ backend }: { backend: string }) {
  const [backends, setBackends] = useState<readonly BackendStatus[]>([]);
  useEffect(() => {
    call('backends').then(setBackends, notifyError);
  }, []);
  const choices = [
    { value: 'auto', label: 'The fastest' },
    ...backends.map(({ name, available }) => ({
      value: name as string,
      label: available ? name : `${name}, not on this machine`,
      disabled: !available,
    })),
  ];
  const known = choices.some(({ value }) => value === backend)
    ? choices
    : [...choices, { value: backend, label: backend }];
  return (
    <ChoiceList
      label="Default backend"
      value={backend}
      choices={known}
      onChoose={(chosen) => changeSettings({ backend: chosen })}
      className="w-40"
    />
  );
}

function FolderRow({
  path,
  placeholder = '',
  onRemove,
}: {
  path: string | null;
  placeholder?: string;
  onRemove(): void;
}) {
  return (
    <div className="flex h-6 max-w-full items-center gap-1">
      <span data-selectable className={`truncate ${path === null ? 'text-faint' : 'font-mono'}`}>
        {path ?? placeholder}
      </span>
      {path !== null && <IconButton icon={X} label={`Remove ${path}`} onClick={onRemove} />}
    </div>
  );
}

function ChooseFolder({ label, title, onChoose }: { label: string; title: string; onChoose(path: string): void }) {
  const choose = async () => {
    const path = await pickFile({ mode: 'folder', title });
    if (path !== null) onChoose(path);
  };
  return (
    <Button icon={FolderOpen} onClick={() => choose().catch(notifyError)}>
      {label}
    </Button>
  );
}
