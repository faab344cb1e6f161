import type { ErrorReport } from '../../shared/node-api/weft-error.ts';
import type { OpenGraph } from '../state/graph-store.ts';
import type { RunState } from '../state/run-state.ts';
import { type DevicePlace, devicePlace } from './device-place.ts';

/** A camera that the last run, or the one under way, cannot see with. */
export interface CameraTrouble {
  /** Path of the node. */
  readonly node: string;
  readonly error: ErrorReport;
  /** The run goes on as soon as the camera is back. */
  readonly waits: boolean;
}

/** The first of them; null where all is well. */
export function cameraTrouble({ nodes }: RunState): CameraTrouble | null {
  for (const [node, { state, error, waitsFor }] of nodes) {
    if (waitsFor?.code === 'E_CAMERA_LOST') return { node, error: waitsFor, waits: true };
    if (state === 'failed' && error?.code.startsWith('E_CAMERA')) return { node, error, waits: false };
  }
  return null;
}

/** Where another device can be written for the camera in trouble. */
export function troubledDevice({ store }: OpenGraph): DevicePlace | null {
  const { run, checked } = store.getState();
  const trouble = cameraTrouble(run);
  return trouble === null ? null : devicePlace(checked, trouble.node);
}
