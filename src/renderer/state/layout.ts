import { z } from 'zod';

export const BOTTOM_TABS = ['problems', 'log', 'runs', 'profiler', 'memory'] as const;
export type BottomTab = (typeof BOTTOM_TABS)[number];

export type PanelName = 'left' | 'right' | 'bottom';

/** Sizes are in CSS pixels: widths of the side panels, height of the bottom one. */
export interface Layout {
  readonly left: Panel;
  readonly right: Panel;
  readonly bottom: Panel;
  readonly bottomTab: BottomTab;
}

export interface Panel {
  readonly open: boolean;
  readonly size: number;
}

/** Smallest and largest size of each panel, in CSS pixels. */
export const PANEL_LIMITS: Readonly<Record<PanelName, readonly [least: number, most: number]>> = {
  left: [160, 480],
  right: [200, 640],
  bottom: [96, 640],
};

/** Where the layout is kept, in the browser's local storage. */
export const LAYOUT_KEY = 'weft.layout';

const DEFAULT_LAYOUT: Layout = {
  left: { open: true, size: 232 },
  right: { open: true, size: 288 },
  bottom: { open: false, size: 208 },
  bottomTab: 'problems',
};

/** The layout of the last time; the default one where nothing fitting was kept. */
export function storedLayout(): Layout {
  const text = globalThis.localStorage?.getItem(LAYOUT_KEY) ?? null;
  return text === null ? DEFAULT_LAYOUT : parseLayout(text);
}

/** Reads what `JSON.stringify(layout)` wrote; gives the default layout for anything else. */
export function parseLayout(text: string): Layout {
  try {
    const parsed = layoutSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : DEFAULT_LAYOUT;
  } catch {
    // Kept by another version, or touched by hand: sizes of panels are not worth a message.
    return DEFAULT_LAYOUT;
  }
}

const panelSchema = (name: PanelName) =>
  z.object({ open: z.boolean(), size: z.number().min(PANEL_LIMITS[name][0]).max(PANEL_LIMITS[name][1]) });

const layoutSchema = z.object({
  left: panelSchema('left'),
  right: panelSchema('right'),
  bottom: panelSchema('bottom'),
  bottomTab: z.enum(BOTTOM_TABS),
});
