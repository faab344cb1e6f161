import { Copy, Download, Grip, type LucideIcon, SquareDashed, Table2, VenetianMask } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { MapsLook, PinRef } from '../../shared/protocol/preview.ts';
import { notifyError } from '../announce/notices.ts';
import { IconButton } from '../ui/button.tsx';
import { copyPicture, savePicture } from './keep-picture.ts';
import { OVERLAY_NAMES } from './overlay-names.ts';
import type { Overlay, OverlayKind } from './viewer-content.ts';
import { VIEWER_TOOLS } from './viewer-tools.ts';

interface PictureToolsProps {
  /** Id of the open graph. */
  readonly graph: string;
  readonly source: PinRef;
  readonly maps: MapsLook | null;
  readonly title: string;
  /** Kinds of what was found, between spaces. */
  readonly kinds: string;
  readonly hidden: ReadonlySet<OverlayKind>;
  /** The pin of boxes that can be shown as a table. */
  readonly boxes: PinRef | null;
  onToggle(kind: OverlayKind): void;
  onTable(pin: PinRef): void;
  /** What is drawn onto the picture now. */
  overlays(): readonly Overlay[];
  readonly children: ReactNode;
}

/** The buttons of a picture's viewer. They stay as they are while one picture after the other is shown. */
export const PictureTools = memo(
  ({ graph, source, maps, title, kinds, hidden, boxes, onToggle, onTable, overlays, children }: PictureToolsProps) => {
    const origin = { graph, ref: source, ...(maps === null ? {} : { maps }) };
    return (
      <div className={VIEWER_TOOLS}>
        {(kinds.split(' ') as OverlayKind[])
          .filter((kind) => kind in ICONS)
          .map((kind) => (
            <IconButton
              key={kind}
              icon={ICONS[kind]}
              label={`${hidden.has(kind) ? 'Show' : 'Hide'} ${OVERLAY_NAMES[kind]}`}
              pressed={!hidden.has(kind)}
              onClick={() => onToggle(kind)}
            />
          ))}
        {boxes !== null && <IconButton icon={Table2} label="Show as a table" onClick={() => onTable(boxes)} />}
        <IconButton
          icon={Copy}
          label="Copy the picture"
          onClick={() => void copyPicture(origin, overlays()).catch(notifyError)}
        />
        <IconButton
          icon={Download}
          label="Save the picture"
          onClick={() => void savePicture(origin, title, overlays()).catch(notifyError)}
        />
        {children}
      </div>
    );
  },
);

const ICONS: Readonly<Record<OverlayKind, LucideIcon>> = {
  detections: SquareDashed,
  keypoints: Grip,
  mask: VenetianMask,
};
