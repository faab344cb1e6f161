import type { NodeTypes } from '../../shared/graph/edit/pin-types.ts';
import { modelSignatures } from '../checking/model-signature-cache.ts';
import { appStore } from '../state/app-store.ts';
import { frontGraph } from '../state/tabs.ts';

/** The installed node types, and the models of the graph in front, as operations on graphs take them. */
export const installedTypes: NodeTypes = {
  catalogue: (id) => appStore.getState().catalogue.get(id),
  modelSignature: (path) => modelSignatures.get(path, frontGraph()?.store.getState().file?.folder ?? null),
};
