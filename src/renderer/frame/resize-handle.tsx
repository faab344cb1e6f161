import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useApp } from '../state/app-store.ts';
import { resizePanel } from '../state/change-layout.ts';
import { PANEL_LIMITS, type PanelName } from '../state/layout.ts';

/** The border of a panel: drag it, or move it with the arrow keys. */
export function ResizeHandle({ panel, label }: { panel: PanelName; label: string }) {
  const size = useApp(({ layout }) => layout[panel].size);
  const drag = useRef<{ from: number; size: number } | null>(null);
  const vertical = panel !== 'bottom';
  // Dragging right makes the left panel wider and the right one narrower; dragging up makes the bottom one higher.
  const sense = panel === 'left' ? 1 : -1;
  const place = ({ clientX, clientY }: PointerEvent) => (vertical ? clientX : clientY);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: place(event), size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current === null) return;
    resizePanel(panel, drag.current.size + sense * (place(event) - drag.current.from));
  };
  const onPointerEnd = () => {
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    resizePanel(panel, size + sense * direction * STEP);
  };

  const [least, most] = PANEL_LIMITS[panel];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, and an <hr> is none
    <div
      role="separator"
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      className={`absolute z-10 touch-none transition-colors after:absolute hover:bg-accent focus-visible:bg-accent ${EDGES[panel]}`}
    />
  );
}

/** Where each panel's handle lies; it can be grasped 3 px beside its line. */
const EDGES: Readonly<Record<PanelName, string>> = {
  left: 'inset-y-0 -right-px w-px cursor-col-resize after:inset-y-0 after:-inset-x-[3px]',
  right: 'inset-y-0 -left-px w-px cursor-col-resize after:inset-y-0 after:-inset-x-[3px]',
  bottom: 'inset-x-0 -top-px h-px cursor-row-resize after:inset-x-0 after:-inset-y-[3px]',
};

/** px a key press */
const STEP = 16;
