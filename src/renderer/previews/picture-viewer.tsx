import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MapsLook, PinRef, PinView } from '../../shared/protocol/preview.ts';
import { useOpenGraph } from '../state/open-graph-context.tsx';
import { type Beside, refusedBeside } from './beside.ts';
import { LiveStatus } from './live-status.tsx';
import { placeAt } from './map-at.ts';
import { MapControls } from './map-controls.tsx';
import { OVERLAY_NAMES } from './overlay-names.ts';
import { PictureTools } from './picture-tools.tsx';
import { PictureView } from './picture-view.tsx';
import { PinValue, Reason } from './pin-value.tsx';
import { usePinViews } from './pin-views.ts';
import { PixelReadout } from './pixel-readout.tsx';
import { SplitHandle } from './split-handle.tsx';
import { useElementSize } from './use-element-size.ts';
import { type Overlay, type OverlayKind, pictureOf, viewerContent } from './viewer-content.ts';
import type { PictureViewerPins } from './viewer-pins.ts';
import { VIEWER_TOOLS } from './viewer-tools.ts';
import type { LookDetail } from './watches.ts';

interface PictureViewerProps {
  readonly pins: PictureViewerPins;
  /** The pin whose picture is laid over a part of this one; null for none. */
  readonly beside: PinRef | null;
  readonly title: string;
  /** Of the canvas that it stands on. */
  readonly zoom: number;
  readonly takesFocus: boolean;
  /** Shows what was found as a table in its place. */
  onTable(pin: PinRef): void;
  /** Further buttons of the viewer. */
  readonly children: React.ReactNode;
}

/** A picture with what was found in it, feature maps, or two pictures to compare; fills its element. */
export function PictureViewer({ pins, beside, title, zoom, takesFocus, onTable, children }: PictureViewerProps) {
  const graph = useOpenGraph().id;
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const density = zoom * window.devicePixelRatio;
  const maxSide = size === null ? 0 : Math.max(size.width, size.height) * density;
  const [maps, setMaps] = useState<MapsLook | null>(null);
  const [split, setSplit] = useState(0.5);
  const [point, setPoint] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const refs = useMemo(
    () => [...pins.pictures, ...pins.overlays, ...(beside === null ? [] : [beside])],
    [pins, beside],
  );
  const detail = maps === null ? AS_IT_IS : { maps };
  const views = usePinViews(size === null ? NO_PINS : refs, maxSide, detail);
  const content = useMemo(() => {
    const overlays = views.slice(pins.pictures.length, pins.pictures.length + pins.overlays.length);
    return viewerContent(views.slice(0, pins.pictures.length), overlays);
  }, [views, pins]);
  const [hidden, setHidden] = useState<ReadonlySet<OverlayKind>>(NONE_HIDDEN);
  const overlays = useMemo(() => content?.overlays.filter(({ kind }) => !hidden.has(kind)) ?? [], [content, hidden]);
  const latest = useRef(overlays);
  useEffect(() => {
    latest.current = overlays;
  });
  const shownOverlays = useCallback(() => latest.current, []);
  const toggle = useCallback((kind: OverlayKind) => {
    setHidden((now) => now.symmetricDifference(new Set([kind])));
  }, []);

  const source = content === null ? undefined : pins.pictures[content.source];
  const seen = content === null ? undefined : views[content.source];
  if (content === null || source === undefined || seen?.state !== 'value') {
    return (
      <div ref={box} className="group nowheel relative size-full min-h-0 overflow-auto bg-inset p-2">
        <PinValue view={views.find((view) => view !== null && view !== undefined) ?? null} />
        <div className={VIEWER_TOOLS}>{children}</div>
      </div>
    );
  }
  const { picture } = content;
  const version = versionOf(seen);
  const laidOver = beside === null ? null : besideOf(views.at(-1), beside, split);
  const refused = laidOver === null ? null : refusedBeside(picture, laidOver.picture);
  const compared = refused === null ? laidOver : null;
  const place = point === null ? null : placeAt(picture, point.x, point.y);
  const boxes = pins.overlays.find((_, index) => {
    const view = views[pins.pictures.length + index];
    return view?.state === 'value' && view.preview.content.kind === 'detections';
  });
  return (
    <div ref={box} className="group relative size-full min-h-0 overflow-hidden bg-inset">
      <PictureView
        // Another sheet of maps has other places; zoomed to one of them, the next would begin somewhere in its middle.
        key={`${picture.sourceWidth} ${picture.sourceHeight}`}
        picture={picture}
        overlays={overlays}
        maps={maps}
        beside={compared}
        source={source}
        version={`${version} ${JSON.stringify(maps)}`}
        label={describePicture(title, overlays)}
        density={density}
        takesFocus={takesFocus}
        onPoint={setPoint}
        onPick={(at) => {
          const map = placeAt(picture, at.x, at.y)?.map ?? null;
          const isEnlarged = maps?.count === 1;
          if (map !== null && !isEnlarged) setMaps({ batch: 0, range: 'common', ...maps, first: map, count: 1 });
        }}
      />
      {compared !== null && (
        <SplitHandle split={split} left={nameOf(compared.source)} right={nameOf(source)} onMove={setSplit} />
      )}
      {refused !== null && (
        <div className="absolute inset-x-1 bottom-1 z-10 rounded-control bg-raised p-1">
          <Reason>{refused}</Reason>
        </div>
      )}
      {'planes' in picture && <MapControls picture={picture} look={maps} onLook={setMaps} />}
      {place !== null && (
        <PixelReadout place={place} of={{ graph, ref: source, maps, version, ...sheetPoint(point) }} />
      )}
      <LiveStatus source={source} preview={seen.preview} />
      <PictureTools
        graph={graph}
        source={source}
        maps={maps}
        title={title}
        kinds={[...new Set(content.overlays.map(({ kind }) => kind))].join(' ')}
        hidden={hidden}
        boxes={boxes ?? null}
        onToggle={toggle}
        onTable={onTable}
        overlays={shownOverlays}
      >
        {children}
      </PictureTools>
    </div>
  );
}

const NO_PINS: readonly PinRef[] = [];
const AS_IT_IS: LookDetail = {};
const NONE_HIDDEN: ReadonlySet<OverlayKind> = new Set();

function versionOf(view: Extract<PinView, { state: 'value' }>): string {
  return `${view.preview.run} ${view.preview.item}`;
}

function besideOf(view: PinView | null | undefined, source: PinRef, split: number): Beside | null {
  const picture = pictureOf(view);
  return view?.state === 'value' && picture !== null ? { picture, source, version: versionOf(view), split } : null;
}

function sheetPoint(point: { readonly x: number; readonly y: number } | null): { x: number; y: number } {
  return { x: Math.floor(point?.x ?? 0), y: Math.floor(point?.y ?? 0) };
}

function nameOf({ node, pin }: PinRef): string {
  return `${node}.${pin}`;
}

/** What a person who does not see the picture is told. */
function describePicture(title: string, overlays: readonly Overlay[]): string {
  const found = overlays.flatMap((overlay) =>
    'total' in overlay ? [`${overlay.total} ${OVERLAY_NAMES[overlay.kind]}`] : [],
  );
  return found.length === 0 ? `Picture of ${title}` : `Picture of ${title} with ${found.join(' and ')}`;
}
