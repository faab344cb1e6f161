import { notify } from '../announce/notices.ts';
import { insertNode } from '../canvas/insert-node.ts';
import { insertionPoint } from '../canvas/insertion-point.ts';
import { readerFor } from '../canvas/reader-for.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { MODEL_EXTENSION } from './open-model.ts';

/** Adds the node that loads a model to the graph in front. */
export function insertModel(open: OpenGraph, path: string): void {
  const reader = readerFor(`.${MODEL_EXTENSION}`, false, appStore.getState().catalogue);
  if (reader === null) {
    notify({ tone: 'attention', sentence: 'No node that loads models is installed: check the folder of nodes.' });
    return;
  }
  insertNode(open, { type: reader.type, at: insertionPoint(), params: { [reader.pin]: path } });
}
