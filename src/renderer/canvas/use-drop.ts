import type { DragEvent } from 'react';
import type { Point } from '../../shared/graph/document.ts';
import { notify, notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { isGraphFile, pathOfFile } from '../files/drop-files.ts';
import { appStore } from '../state/app-store.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { insertNode } from './insert-node.ts';
import { readerFor } from './reader-for.ts';
import { stage } from './stage.ts';

/** The form in which the palette drags a node type: its id. */
export const NODE_TYPE_FORMAT = 'application/x-weft-node-type';

/** Between nodes for several files that are dropped at once, in canvas units. */
const STEP = 120;

/** Takes nodes that are dragged from the palette, and files, each as the node that reads it. Graph files are opened. */
export function useDrop() {
  const open = useOpenGraph();
  return {
    onDragOver: (event: DragEvent) => {
      const { types } = event.dataTransfer;
      if (!types.includes(NODE_TYPE_FORMAT) && !types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      const place = stage.getState().flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      if (place === undefined) return;
      const at: Point = [Math.round(place.x), Math.round(place.y)];
      const type = event.dataTransfer.getData(NODE_TYPE_FORMAT);
      if (type !== '') {
        event.preventDefault();
        insertNode(open, { type, at, wire: wireAt(event) });
        return;
      }
      const items = [...event.dataTransfer.items].flatMap(droppedItem);
      // The window opens graphs, wherever on it they fall.
      const others = items.filter(({ file, isFolder }) => isFolder || !isGraphFile(file));
      if (others.length === 0) return;
      event.preventDefault();
      insertFiles(open, others, at).catch(notifyError);
    },
  };
}

interface DroppedItem {
  readonly file: File;
  readonly isFolder: boolean;
}

function droppedItem(item: DataTransferItem): DroppedItem[] {
  const file = item.getAsFile();
  return file === null ? [] : [{ file, isFolder: item.webkitGetAsEntry()?.isDirectory === true }];
}

async function insertFiles(open: OpenGraph, items: readonly DroppedItem[], [x, y]: Point): Promise<void> {
  let row = 0;
  for (const { file, isFolder } of items) {
    const reader = readerFor(file.name, isFolder, appStore.getState().catalogue);
    if (reader === null) {
      notify({
        tone: 'attention',
        sentence: `No node reads ${file.name}: drop a picture, video, model, .npy file or folder.`,
      });
      continue;
    }
    const folder = open.store.getState().file?.folder ?? null;
    const path = await call('relativePath', { folder, path: await pathOfFile(file) });
    insertNode(open, { type: reader.type, at: [x, y + STEP * row++], params: { [reader.pin]: path } });
  }
}

/** The wire under the pointer, for a node that is dropped on it. */
function wireAt({ clientX, clientY }: DragEvent): string | null {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const wire = element.closest<SVGElement>('.react-flow__edge');
    if (wire !== null) return wire.dataset.id ?? null;
  }
  return null;
}
