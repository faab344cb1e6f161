import { Menu, type MenuItemConstructorOptions } from 'electron';

/** A line of a menu: an action of the window, something that Electron does itself, or a separator. */
type Line =
  | { readonly label: string; readonly action: string }
  | { readonly role: NonNullable<MenuItemConstructorOptions['role']> }
  | '-';

/**
 * The menus, which name the actions of the window by id; the window knows what they do and which keys they have.
 * Electron's own lines are those that no page can do.
 */
const MENUS: readonly { readonly label: string; readonly lines: readonly Line[] }[] = [
  {
    label: 'File',
    lines: [
      { label: 'New graph', action: 'file.new' },
      { label: 'Open…', action: 'file.open' },
      { label: 'Open recent…', action: 'file.open-recent' },
      { label: 'Open model…', action: 'file.open-model' },
      { label: 'Models…', action: 'file.models' },
      '-',
      { label: 'Save', action: 'file.save' },
      { label: 'Save as…', action: 'file.save-as' },
      '-',
      { label: 'Settings', action: 'view.settings' },
      '-',
      { role: 'quit' },
    ],
  },
  {
    label: 'Edit',
    lines: [
      { label: 'Undo', action: 'edit.undo' },
      { label: 'Redo', action: 'edit.redo' },
      '-',
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  },
  {
    label: 'View',
    lines: [
      { label: 'Commands…', action: 'view.commands' },
      '-',
      { label: 'Palette', action: 'view.palette' },
      { label: 'Inspector', action: 'view.inspector' },
      { label: 'Panel', action: 'view.bottom' },
      '-',
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  },
  { label: 'Help', lines: [{ label: 'Keyboard shortcuts', action: 'help.keys' }] },
];

/** @param act is told the id of an action that was chosen */
export function setAppMenu(act: (action: string) => void): void {
  const menus: MenuItemConstructorOptions[] = MENUS.map(({ label, lines }) => ({
    label,
    submenu: lines.map((line) => itemOf(line, act)),
  }));
  // A Mac shows the app's own menu first.
  if (process.platform === 'darwin') menus.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

function itemOf(line: Line, act: (action: string) => void): MenuItemConstructorOptions {
  if (line === '-') return { type: 'separator' };
  if ('role' in line) return line;
  return { id: line.action, label: line.label, click: () => act(line.action) };
}
