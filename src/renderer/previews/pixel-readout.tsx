import { formatSample } from './format-value.ts';
import type { PlaceOnMap } from './map-at.ts';
import { type PixelOf, usePixel } from './use-pixel.ts';

/** Where the pointer is on a picture, and the values there. */
export function PixelReadout({ place: { map, x, y }, of }: { place: PlaceOnMap; of: PixelOf }) {
  const values = usePixel(of);
  return (
    <p className="tabular pointer-events-none absolute top-1 left-1 z-10 rounded-control bg-raised px-1.5 font-mono text-2xs">
      <span className="text-dim">
        {map === null ? '' : `map ${map} · `}x {x} y {y}
      </span>
      {values !== null && ` · ${values.map(formatSample).join(' ')}`}
    </p>
  );
}
