/** Where the buttons of a viewer stand: they are seen while the pointer or the focus is on it. */
export const VIEWER_TOOLS =
  'nodrag nopan absolute top-1 right-1 z-20 flex gap-0.5 rounded-control bg-raised opacity-0 has-[[data-state=open]]:opacity-100 focus-within:opacity-100 group-hover:opacity-100';
