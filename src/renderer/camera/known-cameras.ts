import { createStore } from 'zustand/vanilla';
import { listCameras } from './open-camera.ts';

/** A camera of this computer, as a list shows it. */
export interface KnownCamera {
  /** What a graph says for it: its name, or its number where that tells more. */
  readonly device: string;
  readonly name: string;
  /** The most that it gives, as `1280×720, 30 fps`; null before the person has allowed it. */
  readonly most: string | null;
}

export interface KnownCameras {
  readonly cameras: readonly KnownCamera[];
  /** Names are shown once the person has allowed a camera. */
  readonly areNamed: boolean;
}

/** The cameras at the last look. */
export const knownCameras = createStore<KnownCameras>(() => ({ cameras: [], areNamed: false }));

/** Looks which cameras there are. Nobody is asked for anything. */
export async function lookForCameras(): Promise<void> {
  const listed = await listCameras();
  const areNamed = listed.some(({ label }) => label !== '');
  // The desktop allows cameras only while a run sees with one; what they are called is still known afterwards.
  if (!areNamed && listed.length > 0 && knownCameras.getState().areNamed) return;
  knownCameras.setState({
    cameras: listed.map((camera, index) => describeCamera(camera, index, listed)),
    areNamed,
  });
}

/** Looks again whenever a camera comes or goes. Returns how to stop that. */
export function followDevices(): () => void {
  // A page that browsers do not trust with cameras has no devices, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  const look = () => void lookForCameras();
  devices?.addEventListener('devicechange', look);
  return () => devices?.removeEventListener('devicechange', look);
}

function describeCamera(camera: MediaDeviceInfo, index: number, listed: readonly MediaDeviceInfo[]): KnownCamera {
  const { label } = camera;
  const isOnly = listed.filter((other) => other.label === label).length === 1;
  // A graph would take such a name for that of a file.
  const mayBeFile = /[./\\]/.test(label);
  return {
    device: label !== '' && isOnly && !mayBeFile ? label : String(index),
    name: label === '' ? `Camera ${index}` : isOnly ? label : `${label} (${index})`,
    most: mostOf(camera),
  };
}

/** Chromium tells what an allowed camera can do. */
function mostOf(camera: MediaDeviceInfo): string | null {
  if (!(camera instanceof InputDeviceInfo)) return null;
  const { width, height, frameRate } = camera.getCapabilities();
  if (width?.max === undefined || height?.max === undefined) return null;
  const size = `${width.max}×${height.max}`;
  return frameRate?.max === undefined ? size : `${size}, ${Math.round(frameRate.max)} fps`;
}
