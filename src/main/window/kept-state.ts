import { mkdir } from 'node:fs/promises';
import type { WeftError } from '../../shared/node-api/weft-error.ts';
import type { Settings } from '../../shared/protocol/window-calls.ts';
import { Backups } from './backups.ts';
import { RecentFiles } from './recent-files.ts';
import { openSettings } from './settings-file.ts';
import type { StateFile } from './state-file.ts';
import { TrustedGraphs } from './trusted-graphs.ts';

/** What the state folder holds. */
export interface KeptState {
  readonly settings: StateFile<Settings>;
  readonly recent: RecentFiles;
  readonly trusted: TrustedGraphs;
  readonly backups: Backups;
  /** What was damaged and had to be put aside. */
  readonly damage: readonly WeftError[];
}

/** @throws E_FILE_READ, or what the file system says of a folder that cannot be used */
export async function openKeptState(folder: string): Promise<KeptState> {
  // What a person works on is nobody else's business.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = await openSettings(folder);
  const recent = await RecentFiles.open(folder);
  const trusted = await TrustedGraphs.open(folder);
  const backups = await Backups.open(folder);
  const damage = [settings, recent, trusted].flatMap((file) => file.damage ?? []);
  return { settings, recent, trusted, backups, damage };
}
