import { join } from 'node:path';
import { type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { StateFile } from '../window/state-file.ts';

const placeSchema = z.object({
  /** In points of the screen; x and y are left to the system the first time. */
  bounds: z.object({
    x: z.int().optional(),
    y: z.int().optional(),
    width: z.int().min(1),
    height: z.int().min(1),
  }),
  maximized: z.boolean(),
});

/** Where a window was last, and whether it filled the screen. */
export type WindowPlace = z.infer<typeof placeSchema>;

const FIRST: WindowPlace = { bounds: { width: 1440, height: 900 }, maximized: false };

export function openWindowPlace(stateFolder: string): Promise<StateFile<WindowPlace>> {
  return StateFile.open(join(stateFolder, 'window.json'), placeSchema, FIRST);
}

/** The place, unless it lies on a screen that is gone. */
export function onScreen(place: WindowPlace): WindowPlace {
  const { x, y, width, height } = place.bounds;
  if (x === undefined || y === undefined) return place;
  return screen.getAllDisplays().some(({ workArea }) => showsTitleBar(workArea, { x, y, width, height }))
    ? place
    : FIRST;
}

/** A title bar of which 100 points can be seen can be dragged. */
function showsTitleBar(workArea: Rectangle, { x, y, width }: Rectangle): boolean {
  const visible = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
  return visible >= 100 && y >= workArea.y && y < workArea.y + workArea.height;
}
