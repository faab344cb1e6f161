import { delimiter, join } from 'node:path';
import type { Settings } from '../../shared/protocol/window-calls.ts';
import { settingsSchema } from '../../shared/protocol/window-schemas.ts';
import { StateFile } from './state-file.ts';

const DEFAULTS: Settings = {
  theme: 'system',
  keys: {},
  memoryBudget: null,
  backend: 'auto',
  modelsFolder: null,
  nodesFolders: [],
};

export function openSettings(stateFolder: string): Promise<StateFile<Settings>> {
  return StateFile.open(join(stateFolder, 'settings.json'), settingsSchema, DEFAULTS);
}

/** The folders of the settings, said to this process as a person would say them to the command line, who goes first. */
export function applyFolders({ modelsFolder, nodesFolders }: Settings, environment: NodeJS.ProcessEnv): void {
  if (modelsFolder !== null) environment.WEFT_MODELS ||= modelsFolder;
  if (nodesFolders.length > 0) {
    environment.WEFT_NODES = [environment.WEFT_NODES, ...nodesFolders].filter(Boolean).join(delimiter);
  }
}
