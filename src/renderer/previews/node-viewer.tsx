import { Image, Maximize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PinRef } from '../../shared/protocol/preview.ts';
import { type AppState, useApp } from '../state/app-store.ts';
import { checkedNode } from '../state/checked-node.ts';
import type { GraphState } from '../state/graph-store.ts';
import { useGraphState } from '../state/open-graph-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { BackendsViewer } from './backends-viewer.tsx';
import { PictureViewer } from './picture-viewer.tsx';
import { Covered } from './pin-views.ts';
import { ValueViewer } from './value-viewer.tsx';
import { ViewerMenu } from './viewer-menu.tsx';
import { besidePins, COMPARES_BACKENDS, type ViewerChoice, type ViewerPins, viewerPins } from './viewer-pins.ts';

interface NodeViewerProps {
  /** Path of the node: `outer/inner`. */
  readonly path: string;
  /** `ui.viewer` and `ui.beside` of the node. */
  readonly choice: ViewerChoice;
  readonly beside: string | undefined;
  readonly title: string;
}

/** What a node gives, as one sees it best; fills the element that it stands in. */
export function NodeViewer({ path, choice, beside, title }: NodeViewerProps) {
  const checked = useGraphState(selectChecked);
  const pins = useMemo(() => viewerPins(checked, path, choice), [checked, path, choice]);
  const besidePin = useMemo(() => {
    const body = path.slice(0, path.lastIndexOf('/') + 1);
    return besidePins(checked, path).find(({ node, pin }) => `${node}.${pin}` === body + beside) ?? null;
  }, [checked, path, beside]);
  const zoom = useApp(selectZoom);
  const [isLarge, setLarge] = useState(false);
  if (checkedNode(checked, path)?.signature.type === COMPARES_BACKENDS) {
    return <BackendsViewer path={path} title={title} />;
  }
  if (pins === null) return <p className="bg-inset p-2 text-dim text-xs">This node has no value that can be shown.</p>;
  const viewer = { path, pins, beside: besidePin, title };
  return (
    <>
      <Covered value={isLarge}>
        <Viewer {...viewer} zoom={zoom} onEnlarge={() => setLarge(true)} />
      </Covered>
      {isLarge && (
        <Dialog title={title} width="full" onClose={() => setLarge(false)}>
          <div className="min-h-0 flex-1 p-2 pt-0">
            <Viewer {...viewer} zoom={1} onEnlarge={null} />
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
  readonly path: string;
  readonly pins: ViewerPins;
  readonly beside: PinRef | null;
  readonly title: string;
  /** Of the canvas that it stands on. */
  readonly zoom: number;
  readonly onEnlarge: (() => void) | null;
}

function Viewer({ path, pins, beside, title, zoom, onEnlarge }: ViewerProps) {
  const [tablePin, setTablePin] = useState<PinRef | null>(null);
  const isPicture = pins.kind === 'picture';
  /** What was found in the picture, where it is looked at as a table: until another picture is chosen. */
  const asTable = isPicture
    ? (pins.overlays.find((pin) => keyOf(pin) === (tablePin && keyOf(tablePin))) ?? null)
    : null;
  const buttons = (
    <>
      {asTable !== null && <IconButton icon={Image} label="Show the picture" onClick={() => setTablePin(null)} />}
      <ViewerMenu path={path} shown={shownIn(pins)} beside={beside} isPicture={isPicture} />
      {onEnlarge !== null && <IconButton icon={Maximize2} label="Open large" onClick={onEnlarge} />}
    </>
  );
  if (!isPicture || asTable !== null) {
    return (
      <ValueViewer key={keyOf(asTable ?? shownIn(pins))} pin={asTable ?? shownIn(pins)} title={title}>
        {buttons}
      </ValueViewer>
    );
  }
  return (
    <PictureViewer
      key={keyOf(shownIn(pins))}
      pins={pins}
      beside={beside}
      title={title}
      zoom={zoom}
      takesFocus={onEnlarge === null}
      onTable={setTablePin}
    >
      {buttons}
    </PictureViewer>
  );
}

/** The pin that a viewer is about: boxes are about the picture that they are drawn on. */
function shownIn(pins: ViewerPins): PinRef {
  if (pins.kind === 'value') return pins.pin;
  return pins.overlays.at(0) ?? pins.pictures[0];
}

function keyOf({ node, side, pin }: PinRef): string {
  return `${node} ${side} ${pin}`;
}
