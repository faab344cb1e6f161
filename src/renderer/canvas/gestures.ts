/** What the mouse does on the canvas, for the help sheet. */
export const GESTURES: readonly { readonly hand: string; readonly does: string }[] = [
  { hand: 'Space and drag, middle drag, two fingers', does: 'Pan' },
  { hand: 'Wheel, Ctrl and two fingers, pinch', does: 'Zoom' },
  { hand: 'Drag over the canvas', does: 'Select what is in the box; with Shift, add it' },
  { hand: 'Shift and click', does: 'Add to the selection, or take away' },
  { hand: 'Double-click the canvas, or Tab', does: 'Add a node' },
  { hand: 'Drag from a pin', does: 'Draw a wire; dropped on nothing it asks for a node' },
  { hand: 'Drag from an input that has a wire', does: 'Take its end along; dropped on nothing it is removed' },
  { hand: 'Drop a node on a wire', does: 'Insert it there' },
  { hand: 'Double-click a node', does: 'Open its graph, or look into the model that it loads' },
  { hand: 'Double-click a wire', does: 'Add a point to it; on a point, remove it' },
  { hand: 'Alt and drag over the canvas', does: 'Cut wires' },
  { hand: 'Escape while dragging', does: 'Give the drag up' },
];
