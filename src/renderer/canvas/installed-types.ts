import type { NodeTypes } from '../../shared/graph/edit/pin-types.ts';
import { appStore } from '../state/app-store.ts';

/** The installed node types, as operations on graphs take them. */
export const installedTypes: NodeTypes = {
  catalogue: (id) => appStore.getState().catalogue.get(id),
};
