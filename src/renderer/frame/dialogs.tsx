import { CommandPalette } from '../commands/command-palette.tsx';
import { HelpSheet } from '../commands/help-sheet.tsx';
import { FileDialog } from '../files/file-dialog.tsx';
import { RecentDialog } from '../files/recent-dialog.tsx';
import { ModelsDialog } from '../models/models-dialog.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { useApp } from '../state/app-store.ts';
import type { Dialog } from '../state/dialog.ts';
import { closeDialog } from '../state/show-dialog.ts';
import { QuestionDialog } from '../ui/question-dialog.tsx';
import { AboutDialog } from './about-dialog.tsx';

/** The open dialogs, each on top of the one before. */
export function Dialogs() {
  const dialogs = useApp((state) => state.dialogs);
  return dialogs.map((dialog) => <OpenDialog key={dialog.id} dialog={dialog} />);
}

function OpenDialog({ dialog }: { dialog: Dialog }) {
  const close = () => closeDialog(dialog.id);
  switch (dialog.kind) {
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'commands':
      return <CommandPalette onClose={close} />;
    case 'recent':
      return <RecentDialog onClose={close} />;
    case 'help':
      return <HelpSheet onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    case 'models':
      return <ModelsDialog choose={dialog.choose} onClose={close} />;
    case 'question':
      return <QuestionDialog question={dialog.question} onAnswer={(choice) => closeWith(dialog, choice)} />;
    case 'pick':
      return <FileDialog request={dialog.request} onAnswer={(path) => closeWith(dialog, path)} />;
  }
}

function closeWith(dialog: Extract<Dialog, { kind: 'question' | 'pick' }>, answer: string | null): void {
  // The first answer counts; closing then gives none.
  dialog.answer(answer);
  closeDialog(dialog.id);
}
