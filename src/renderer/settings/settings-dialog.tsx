import { Tabs } from 'radix-ui';
import { Dialog } from '../ui/dialog.tsx';
import { GeneralPage } from './general-page.tsx';
import { KeysPage } from './keys-page.tsx';

/** What is changed here counts at once. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Settings" width="wide" onClose={onClose}>
      <Tabs.Root defaultValue="general" className="flex min-h-0 flex-col">
        <Tabs.List aria-label="Settings" className="flex gap-1 border-line border-b px-3">
          <PageTab page="general">General</PageTab>
          <PageTab page="keys">Keys</PageTab>
        </Tabs.List>
        <Tabs.Content value="general" className="overflow-y-auto p-4">
          <GeneralPage />
        </Tabs.Content>
        <Tabs.Content value="keys" className="flex min-h-0 flex-col">
          <KeysPage />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

function PageTab({ page, children }: { page: string; children: string }) {
  return (
    <Tabs.Trigger
      value={page}
      className="-mb-px h-8 border-transparent border-b-2 px-2 text-dim hover:text-fg data-[state=active]:border-accent data-[state=active]:text-fg"
    >
      {children}
    </Tabs.Trigger>
  );
}
