import { Copy, Download, Grip, type LucideIcon, Maximize2, SquareDashed, VenetianMask } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { PinRef } from '../../shared/protocol/preview.ts';
import { notifyError } from '../announce/notices.ts';
import { type AppState, useApp } from '../state/app-store.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState, useOpenGraph } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { copyPicture, savePicture } from './keep-picture.ts';
import { LiveStatus } from './live-status.tsx';
import { PictureView } from './picture-view.tsx';
import { PinValue } from './pin-value.tsx';
import { usePinViews } from './pin-views.ts';
import { useElementSize } from './use-element-size.ts';
import { type Overlay, type OverlayKind, viewerContent } from './viewer-content.ts';
import { type ViewerChoice, type ViewerPins, viewerPins } from './viewer-pins.ts';

interface NodeViewerProps {
  /** Path of the node: `outer/inner`. */
  readonly path: string;
  /** `ui.viewer` of the node. */
  readonly choice: ViewerChoice;
  readonly title: string;
}

/** The picture of a node with what was found in it; fills the element that it stands in. */
export function NodeViewer({ path, choice, title }: NodeViewerProps) {
  const checked = useGraphState(selectChecked);
  const pins = useMemo(() => viewerPins(checked, path, choice), [checked, path, choice]);
  const zoom = useApp(selectZoom);
  const [isLarge, setLarge] = useState(false);
  if (pins === null) {
    return <p className="bg-inset p-2 text-dim text-xs">Nothing at this node can be seen as a picture.</p>;
  }
  return (
    <>
      <Viewer pins={pins} title={title} zoom={zoom} onEnlarge={() => setLarge(true)} />
      {isLarge && (
        <Dialog title={title} width="full" onClose={() => setLarge(false)}>
          <div className="min-h-0 flex-1 p-2 pt-0">
            <Viewer pins={pins} title={title} zoom={1} onEnlarge={null} />
          </div>
        </Dialog>
      )}
    </>
  );
}

/** In few steps, so that zooming does not draw every viewer again. */
const selectZoom = ({ zoom }: AppState) => Math.max(1, Math.ceil(zoom));
const selectChecked = ({ checked }: GraphState) => checked;

interface ViewerProps {
  readonly pins: ViewerPins;
  readonly title: string;
  /** Of the canvas that it stands on. */
  readonly zoom: number;
  readonly onEnlarge: (() => void) | null;
}

function Viewer({ pins, title, zoom, onEnlarge }: ViewerProps) {
  const graph = useOpenGraph().id;
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const density = zoom * window.devicePixelRatio;
  const maxSide = size === null ? 0 : Math.max(size.width, size.height) * density;
  const refs = useMemo(() => [...pins.pictures, ...pins.overlays], [pins]);
  const views = usePinViews(size === null ? NO_PINS : refs, maxSide);
  const content = useMemo(() => {
    return viewerContent(views.slice(0, pins.pictures.length), views.slice(pins.pictures.length));
  }, [views, pins]);
  const [hidden, setHidden] = useState<ReadonlySet<OverlayKind>>(NONE_HIDDEN);
  const overlays = useMemo(() => content?.overlays.filter(({ kind }) => !hidden.has(kind)) ?? [], [content, hidden]);

  const source = content === null ? undefined : pins.pictures[content.source];
  const seen = content === null ? undefined : views[content.source];
  if (content === null || source === undefined || seen?.state !== 'value') {
    return (
      <div ref={box} className="nowheel size-full min-h-0 overflow-auto bg-inset p-2">
        <PinValue view={views.find((view) => view !== null && view !== undefined) ?? null} />
      </div>
    );
  }
  const { run, item } = seen.preview;
  return (
    <div ref={box} className="group relative size-full min-h-0 overflow-hidden bg-inset">
      <PictureView
        picture={content.picture}
        overlays={overlays}
        source={source}
        version={`${run} ${item}`}
        label={describePicture(title, overlays)}
        density={density}
        takesFocus={onEnlarge === null}
      />
      <LiveStatus source={source} preview={seen.preview} />
      <div className="nodrag nopan absolute top-1 right-1 flex gap-0.5 rounded-control bg-raised opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        {[...new Set(content.overlays.map(({ kind }) => kind))].map((kind) => (
          <IconButton
            key={kind}
            icon={ICONS[kind]}
            label={`${hidden.has(kind) ? 'Show' : 'Hide'} ${NAMES[kind]}`}
            pressed={!hidden.has(kind)}
            onClick={() => setHidden((now) => now.symmetricDifference(new Set([kind])))}
          />
        ))}
        <IconButton
          icon={Copy}
          label="Copy the picture"
          onClick={() => void copyPicture({ graph, ref: source }, overlays).catch(notifyError)}
        />
        <IconButton
          icon={Download}
          label="Save the picture"
          onClick={() => void savePicture({ graph, ref: source }, title, overlays).catch(notifyError)}
        />
        {onEnlarge !== null && <IconButton icon={Maximize2} label="Open large" onClick={onEnlarge} />}
      </div>
    </div>
  );
}

const NO_PINS: readonly PinRef[] = [];
const NONE_HIDDEN: ReadonlySet<OverlayKind> = new Set();
const NAMES: Readonly<Record<OverlayKind, string>> = { detections: 'boxes', keypoints: 'key points', mask: 'mask' };
const ICONS: Readonly<Record<OverlayKind, LucideIcon>> = {
  detections: SquareDashed,
  keypoints: Grip,
  mask: VenetianMask,
};

/** What a person who does not see the picture is told. */
function describePicture(title: string, overlays: readonly Overlay[]): string {
  const found = overlays.flatMap((overlay) => ('total' in overlay ? [`${overlay.total} ${NAMES[overlay.kind]}`] : []));
  return found.length === 0 ? `Picture of ${title}` : `Picture of ${title} with ${found.join(' and ')}`;
}
