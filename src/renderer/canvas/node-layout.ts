import type { Point } from '../../shared/graph/document.ts';
import type { ShownPin } from './shown-pin.ts';

/**
 * Where everything of a node lies, in canvas units. It is computed and never measured: React Flow gets sizes and pins
 * ready-made, so opening thousands of nodes waits for no layout of the browser's.
 */
export interface NodeLayout {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly NodeRow[];
  /** Height of the viewer at the bottom; 0 for none. */
  readonly viewerHeight: number;
}

export type NodeRow =
  /** An input at the left and an output at the right. */
  | { readonly kind: 'pins'; readonly input: ShownPin | null; readonly output: ShownPin | null }
  /** An input with its literal. */
  | { readonly kind: 'field'; readonly input: ShownPin; readonly withWidget: boolean };

export interface NodeParts {
  readonly inputs: readonly ShownPin[];
  readonly outputs: readonly ShownPin[];
  readonly hasMessage: boolean;
  readonly hasViewer: boolean;
  readonly isCollapsed: boolean;
  /** As the person made it. */
  readonly size: Point | undefined;
}

export const NODE_WIDTH = 220;
export const MIN_NODE_WIDTH = 160;
export const TITLE_HEIGHT = 28;
export const ROW_HEIGHT = 24;
export const MESSAGE_HEIGHT = 40;
export const MIN_VIEWER_HEIGHT = 120;
const BODY_PADDING = 4;
const BODY_TOP = TITLE_HEIGHT + BODY_PADDING;
const VIEWER_HEIGHT = 168;
/** Widgets a node shows; its other parameters show their values and are edited in the inspector. */
const MAX_WIDGETS = 3;

export function layOutNode({ inputs, outputs, hasMessage, hasViewer, isCollapsed, size }: NodeParts): NodeLayout {
  const width = Math.max(MIN_NODE_WIDTH, size?.[0] ?? NODE_WIDTH);
  if (isCollapsed) return { width, height: TITLE_HEIGHT, rows: [], viewerHeight: 0 };
  const rows = rowsOf(inputs, outputs);
  const fixed = BODY_TOP + rows.length * ROW_HEIGHT + BODY_PADDING + (hasMessage ? MESSAGE_HEIGHT : 0);
  if (!hasViewer) return { width, height: fixed, rows, viewerHeight: 0 };
  const viewerHeight = size === undefined ? VIEWER_HEIGHT : Math.max(MIN_VIEWER_HEIGHT, size[1] - fixed);
  return { width, height: fixed + viewerHeight, rows, viewerHeight };
}

export interface PinPlace {
  readonly side: 'input' | 'output';
  readonly pin: string;
  readonly x: number;
  readonly y: number;
}

/** Middles of the pins' handles, from the top left corner of the node. */
export function pinPlaces(
  { rows, width }: NodeLayout,
  inputs: readonly ShownPin[],
  outputs: readonly ShownPin[],
): PinPlace[] {
  const rowOf = new Map<ShownPin, number>();
  for (const [row, content] of rows.entries()) {
    if (content.input !== null) rowOf.set(content.input, row);
    if (content.kind === 'pins' && content.output !== null) rowOf.set(content.output, row);
  }
  // A collapsed node has no rows; its wires meet at the title.
  const y = (pin: ShownPin) => {
    const row = rowOf.get(pin);
    return row === undefined ? TITLE_HEIGHT / 2 : BODY_TOP + (row + 0.5) * ROW_HEIGHT;
  };
  return [
    ...inputs.map((pin): PinPlace => ({ side: 'input', pin: pin.name, x: 0, y: y(pin) })),
    ...outputs.map((pin): PinPlace => ({ side: 'output', pin: pin.name, x: width, y: y(pin) })),
  ];
}

function rowsOf(inputs: readonly ShownPin[], outputs: readonly ShownPin[]): NodeRow[] {
  const data = inputs.filter(({ field }) => field === null);
  const fields = inputs.filter(({ field }) => field !== null);
  const rows: NodeRow[] = [];
  for (let row = 0; row < Math.max(data.length, outputs.length); row++) {
    rows.push({ kind: 'pins', input: data[row] ?? null, output: outputs[row] ?? null });
  }
  let widgets = 0;
  for (const input of fields) {
    const withWidget = input.field?.widget !== 'hidden' && widgets < MAX_WIDGETS;
    if (withWidget) widgets++;
    rows.push({ kind: 'field', input, withWidget });
  }
  return rows;
}
