import { ChevronLeft, ChevronRight, Contrast, Grid3x3 } from 'lucide-react';
import { type InterpretedPicture, MAX_MAPS, type MapsLook } from '../../shared/protocol/preview.ts';
import { IconButton } from '../ui/button.tsx';
import { ALL_MAPS } from './map-at.ts';

interface MapControlsProps {
  readonly picture: InterpretedPicture;
  readonly look: MapsLook | null;
  /** Null for the tensor as its shape suggests. */
  onLook(look: MapsLook | null): void;
}

/** Walks through the feature maps of a tensor: page by page, or one by one where one is enlarged. */
export function MapControls({ picture: { planes, grid }, look, onLook }: MapControlsProps) {
  if (planes === null) return null;
  if (grid === null) {
    return (
      <div className={BAR}>
        <IconButton icon={Grid3x3} label="Show the channels one by one" onClick={() => onLook(ALL_MAPS)} />
      </div>
    );
  }
  const { maps, batches } = planes;
  const { first, shown, batch } = grid;
  const now: MapsLook = look ?? ALL_MAPS;
  const isOne = now.count === 1;
  const last = first + shown;
  return (
    <div className={BAR}>
      <IconButton
        icon={ChevronLeft}
        label={isOne ? 'Previous map' : 'Previous maps'}
        disabled={first === 0}
        onClick={() => onLook({ ...now, first: Math.max(0, first - now.count) })}
      />
      <span className="tabular px-1 font-mono text-2xs">
        {isOne ? `map ${first}` : `maps ${first}–${last - 1}`} of {maps}
      </span>
      <IconButton
        icon={ChevronRight}
        label={isOne ? 'Next map' : 'Next maps'}
        disabled={last >= maps}
        onClick={() => onLook({ ...now, first: first + now.count })}
      />
      {batches > 1 && (
        <button
          type="button"
          className="h-6 rounded-control px-1.5 font-mono text-2xs hover:bg-hover"
          aria-label={`Batch ${batch} of ${batches}: show the next`}
          onClick={() => onLook({ ...now, batch: (batch + 1) % batches })}
        >
          batch {batch} of {batches}
        </button>
      )}
      <IconButton
        icon={Contrast}
        label="A range for each map"
        pressed={now.range === 'own'}
        onClick={() => onLook({ ...now, range: now.range === 'own' ? 'common' : 'own' })}
      />
      {(isOne || look !== null) && (
        <IconButton
          icon={Grid3x3}
          label={isOne ? 'All maps' : 'As it was'}
          onClick={() => onLook(isOne ? { ...now, first: pageOf(first), count: MAX_MAPS } : null)}
        />
      )}
    </div>
  );
}

const BAR =
  'nodrag nopan absolute bottom-1 left-1/2 z-10 flex -translate-x-1/2 items-center rounded-control bg-raised whitespace-nowrap opacity-0 focus-within:opacity-100 group-hover:opacity-100';

/** The page that a map is on. */
function pageOf(map: number): number {
  return map - (map % MAX_MAPS);
}
