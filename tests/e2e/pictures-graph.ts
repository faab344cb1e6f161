import type { Graph } from '../../src/shared/graph/document.ts';

/** A chain with room around it: read → blur → resize, and an adjust, a size and a text that stand alone. */
export const PICTURES: Omit<Graph, 'weft'> = {
  nodes: [
    { id: 'read', type: 'image/read@1', ui: { at: [0, 0], viewer: false } },
    { id: 'blur', type: 'image/blur@1', ui: { at: [320, 0], viewer: false } },
    { id: 'resize', type: 'image/resize@1', ui: { at: [640, 0], viewer: false } },
    { id: 'adjust', type: 'image/adjust@1', ui: { at: [320, 240], viewer: false } },
    { id: 'size', type: 'image/size@1', ui: { at: [640, 320] } },
    { id: 'text', type: 'value/text@1', ui: { at: [0, 320] } },
  ],
  wires: [
    { from: 'read.image', to: 'blur.image' },
    { from: 'blur.image', to: 'resize.image' },
  ],
};
