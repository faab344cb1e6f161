import type { HostDescription, Settings } from '../../shared/protocol/window-calls.ts';
import type { EngineHost } from '../engine/host.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import type { Backups } from './backups.ts';
import type { GraphFiles } from './graph-files.ts';
import type { HostWindow } from './host-window.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { RecentFiles } from './recent-files.ts';
import type { TrustedGraphs } from './trusted-graphs.ts';

/** What all windows of a host share. */
export interface WindowServices {
  readonly engine: EngineHost;
  readonly files: GraphFiles;
  readonly recent: RecentFiles;
  readonly trusted: TrustedGraphs;
  readonly backups: Backups;
  readonly models: ModelShelf;
  readonly allowed: AllowedFolders;
  readonly stateFolder: string;
  readonly settings: Settings;
  /** Every window is told, so that all look alike. @throws E_FILE_WRITE */
  changeSettings(settings: Settings): Promise<void>;
  /** What a window is told first. Only the first window opens the files that the host was asked to open. */
  describe(window: HostWindow): HostDescription;
}
