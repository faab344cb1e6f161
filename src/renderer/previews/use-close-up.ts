import { useEffect, useState } from 'react';
import type { MapsLook, PictureSize, PinRef, PreviewRequest, Region } from '../../shared/protocol/preview.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { type DrawablePicture, drawable } from './draw-view.ts';
import { type PictureFrame, regionInView, type Size } from './picture-frame.ts';
import { pictureOf } from './viewer-content.ts';

interface CloseUpOptions {
  /** Id of the open graph. */
  readonly graph: string;
  readonly source: PinRef;
  readonly maps: MapsLook | null;
  /** Changes when the pin has another value. */
  readonly version: string;
  /** Null while the whole picture is in view. */
  readonly frame: PictureFrame | null;
  /** As it is known: perhaps smaller than it is. */
  readonly picture: PictureSize;
  readonly view: Size | null;
}

interface CloseUp extends DrawablePicture {
  readonly version: string;
}

/** The part of a picture that is zoomed in on, asked for in its own pixels; null until it is there. */
export function useCloseUp({
  graph,
  source,
  maps,
  version,
  frame,
  picture,
  view,
}: CloseUpOptions): DrawablePicture | null {
  const [closeUp, setCloseUp] = useState<CloseUp | null>(null);
  const whole = { width: picture.sourceWidth, height: picture.sourceHeight };
  const region = frame === null || view === null ? null : regionInView(frame, whole, view);
  const key =
    region === null ? null : JSON.stringify({ graph, ref: source, region, ...(maps === null ? {} : { maps }) });

  useEffect(() => {
    if (key === null) return;
    let isWanted = true;
    // Zooming passes over many parts; the one that it stops at is asked for.
    const timer = setTimeout(() => {
      const ask: Omit<PreviewRequest, 'maxSide'> & { region: Region } = JSON.parse(key);
      const maxSide = Math.min(MAX_SIDE, Math.max(ask.region.width, ask.region.height));
      call('preview', { ...ask, maxSide })
        .then((seen) => {
          const part = pictureOf(seen);
          if (isWanted && part !== null) setCloseUp({ ...drawable(part), version });
        })
        .catch(notifyError);
    }, SETTLE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, version]);

  return frame !== null && closeUp?.version === version ? closeUp : null;
}

const SETTLE_MS = 80;
const MAX_SIDE = 2048;
