import type { CameraFailure } from '../../shared/protocol/camera.ts';
import { canReadTracks } from './track-frames.ts';

/** A camera cannot be used. */
export class CameraRefusal extends Error {
  readonly why: CameraFailure;

  constructor(why: CameraFailure, cause?: unknown) {
    super(`A camera could not be opened (${why}).`, { cause });
    this.why = why;
  }
}

export interface CameraWishes {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly fps: number;
}

/** The cameras of this computer, in the browser's order; without names until the person has allowed one. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  // A page that browsers do not trust with cameras has no devices either, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  const all = (await devices?.enumerateDevices()) ?? [];
  return all.filter(({ kind }) => kind === 'videoinput');
}

/**
 * Opens a camera; the person is asked where that is needed.
 * @param device a number in the browser's order, or a name
 * @throws CameraRefusal
 */
export async function openCamera(device: string, wishes: CameraWishes): Promise<MediaStreamTrack> {
  if (!window.isSecureContext) throw new CameraRefusal('insecure');
  if (!canReadTracks()) throw new CameraRefusal('unsupported');
  const listed = await listCameras();
  if (listed.length === 0) throw new CameraRefusal('missing');
  if (listed.some(({ deviceId }) => deviceId !== '')) return openExactly(findCamera(device, listed), wishes);

  // Before the person has allowed a camera, none has a name: the browser asks which one it may be.
  const track = await getTrack({}, wishes);
  const { deviceId } = track.getSettings();
  try {
    const wanted = findCamera(device, await listCameras());
    if (device === FIRST || wanted?.deviceId === deviceId) return track;
    track.stop();
    return await openExactly(wanted, wishes);
  } catch (error) {
    track.stop();
    throw error;
  }
}

/** The same camera as before, once it is plugged in again; null while it is not. @throws CameraRefusal */
export async function reopenCamera(
  { deviceId, label }: Pick<MediaDeviceInfo, 'deviceId' | 'label'>,
  wishes: CameraWishes,
): Promise<MediaStreamTrack | null> {
  const listed = await listCameras();
  const same = listed.find((camera) => camera.deviceId === deviceId) ?? listed.find((camera) => camera.label === label);
  return same === undefined ? null : getTrack({ deviceId: { exact: same.deviceId } }, wishes);
}

/** What the first camera is called in a graph. */
const FIRST = '0';

export function findCamera(device: string, listed: readonly MediaDeviceInfo[]): MediaDeviceInfo | undefined {
  return /^\d+$/.test(device) ? listed[Number(device)] : listed.find(({ label }) => label === device);
}

function openExactly(camera: MediaDeviceInfo | undefined, wishes: CameraWishes): Promise<MediaStreamTrack> {
  if (camera === undefined) throw new CameraRefusal('missing');
  return getTrack({ deviceId: { exact: camera.deviceId } }, wishes);
}

async function getTrack(which: MediaTrackConstraints, { width, height, fps }: CameraWishes): Promise<MediaStreamTrack> {
  const video = { ...which, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video });
    return stream.getVideoTracks()[0];
  } catch (error) {
    throw new CameraRefusal(reasonOf(error), error);
  }
}

/** https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
function reasonOf(error: unknown): CameraFailure {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}
