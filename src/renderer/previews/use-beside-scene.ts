import { useMemo } from 'react';
import type { PictureSize } from '../../shared/protocol/preview.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { type Beside, besideFrame } from './beside.ts';
import { type DrawablePicture, drawable } from './draw-view.ts';
import type { PictureFrame, Size } from './picture-frame.ts';
import { useCloseUp } from './use-close-up.ts';

interface BesideSceneOptions {
  readonly beside: Beside | null;
  readonly own: PictureSize;
  /** What of the own picture is seen, and whether that is all of it. */
  readonly frame: PictureFrame | null;
  readonly isWhole: boolean;
  readonly view: Size | null;
}

interface BesideScene {
  readonly pictures: readonly DrawablePicture[];
  readonly frame: PictureFrame;
  readonly part: readonly [from: number, to: number];
}

/** What is drawn of the picture that is laid over another: the same part of it, as closely. */
export function useBesideScene({ beside, own, frame, isWhole, view }: BesideSceneOptions): BesideScene | null {
  const graph = useOpenGraph().id;
  const { picture, source, version, split } = beside ?? NOTHING;
  const overview = useMemo(() => (picture === null ? null : drawable(picture)), [picture]);
  const same = frame === null || picture === null ? null : besideFrame(frame, own, picture);
  const closeUp = useCloseUp({
    graph,
    source,
    maps: null,
    version,
    frame: isWhole ? null : same,
    picture: picture ?? own,
    view,
  });
  if (overview === null || same === null) return null;
  return { pictures: closeUp === null ? [overview] : [overview, closeUp], frame: same, part: [0, split] };
}

const NOTHING = {
  picture: null,
  source: { node: '', side: 'output', pin: '' },
  version: '',
  split: 0,
} as const;
