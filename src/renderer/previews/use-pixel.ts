import { useEffect, useRef, useState } from 'react';
import type { MapsLook, PinRef } from '../../shared/protocol/preview.ts';
import { notifyError } from '../announce/notices.ts';
import { call } from '../connection/host.ts';
import { pictureOf } from './viewer-content.ts';

/** Pixel of a picture. */
export interface PixelOf {
  /** Id of the open graph. */
  readonly graph: string;
  readonly ref: PinRef;
  readonly maps: MapsLook | null;
  readonly x: number;
  readonly y: number;
  /** Changes when the pin has another value. */
  readonly version: string;
}

/** The values of the pixel under the pointer; null while they are not known. Asked for one at a time, however fast the pointer goes. */
export function usePixel(pixel: PixelOf | null): readonly number[] | null {
  const key = pixel === null ? null : JSON.stringify(pixel);
  const place = pixel === null ? null : placeOf(pixel);
  const wanted = useRef(key);
  const isAsking = useRef(false);
  const [known, setKnown] = useState<{ place: string; values: readonly number[] } | null>(null);

  useEffect(() => {
    wanted.current = key;
    if (key === null || isAsking.current) return;
    const ask = async () => {
      isAsking.current = true;
      try {
        for (let asked = null; wanted.current !== null && asked !== wanted.current; ) {
          asked = wanted.current;
          const about: PixelOf = JSON.parse(asked);
          const values = await look(about);
          if (values !== null) setKnown({ place: placeOf(about), values });
          await new Promise((resolve) => setTimeout(resolve, REST_MS));
        }
      } finally {
        isAsking.current = false;
      }
    };
    ask().catch(notifyError);
  }, [key]);
  useEffect(
    () => () => {
      wanted.current = null;
    },
    [],
  );

  // While it goes on, the values of the item before stand there until the next are known.
  return known?.place === place ? (known?.values ?? null) : null;
}

/** Between two questions: while a run goes on, each would be about another item. */
const REST_MS = 60;

async function look({ graph, ref, maps, x, y }: PixelOf): Promise<readonly number[] | null> {
  const region = { x, y, width: 1, height: 1 };
  const view = await call('preview', { graph, ref, maxSide: 1, region, ...(maps === null ? {} : { maps }) });
  const picture = pictureOf(view);
  const samples = picture !== null && 'samples' in picture ? picture.samples : null;
  return samples === null ? null : [...samples];
}

function placeOf({ version: _, ...place }: PixelOf): string {
  return JSON.stringify(place);
}
