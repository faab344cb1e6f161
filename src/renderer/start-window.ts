import { notifyError } from './announce/notices.ts';
import { followCameras } from './camera/captures.ts';
import { checkOpenGraphs } from './checking/check-open-graphs.ts';
import { dispatchKeys } from './commands/dispatch-keys.ts';
import { openLine } from './connection/window-line.ts';
import { keepBackups } from './files/back-up.ts';
import { guardUnload } from './files/close.ts';
import { openDroppedGraphs } from './files/drop-files.ts';
import { showTitle } from './files/title.ts';
import { followModels } from './models/model-shelf.ts';
import { followHost } from './run/host-events.ts';
import { applyTheme } from './settings/theme.ts';

/** Starts everything that goes on beside what is drawn, for as long as the window lives. */
export function startWindow(): void {
  applyTheme();
  dispatchKeys();
  openDroppedGraphs();
  guardUnload();
  keepBackups();
  checkOpenGraphs();
  showTitle();
  followHost();
  followModels();
  followCameras();
  openLine().catch(notifyError);
}
