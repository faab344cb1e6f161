import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { showModelTab } from '../state/tabs.ts';
import { modelOfNode } from './model-pins.ts';

/** Looks into the model that a node loads; false where it loads none, or one that is known only in a run. */
export function lookIntoNode({ store }: OpenGraph, id: string): boolean {
  const state = store.getState();
  const path = modelOfNode(state, id, appStore.getState().catalogue);
  if (path === null) return false;
  showModelTab({ path, folder: state.file?.folder ?? null });
  return true;
}
