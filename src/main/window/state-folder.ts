import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Where Weft keeps what must outlive it and is nobody's file: settings, recent files, backups of unsaved work, files that
 * were dropped on a window. `WEFT_STATE` names another folder.
 */
export function stateFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.WEFT_STATE) return resolve(environment.WEFT_STATE);
  const { XDG_STATE_HOME: base, LOCALAPPDATA } = environment;
  // A relative one is ignored, as the XDG specification says.
  if (base !== undefined && isAbsolute(base)) return join(base, 'weft');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Weft');
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Weft');
  return join(homedir(), '.local', 'state', 'weft');
}
