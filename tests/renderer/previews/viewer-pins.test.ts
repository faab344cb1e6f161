import { describe, expect, test } from 'vitest';
import decode from '../../../nodes/detect/decode.ts';
import filter from '../../../nodes/detect/filter.ts';
import prepare from '../../../nodes/detect/prepare.ts';
import draw from '../../../nodes/image/draw-detections.ts';
import read from '../../../nodes/image/read.ts';
import output from '../../../nodes/io/output.ts';
import number from '../../../nodes/value/number.ts';
import { besidePins, showsViewerByDefault, viewerPins } from '../../../src/renderer/previews/viewer-pins.ts';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';

const CATALOGUE = new Map(
  [read, prepare, decode, filter, draw, output, number].map((node) => {
    const signature = signatureOf(node);
    return [signature.id, signature] as const;
  }),
);
const CHECKED = checkGraph(
  {
    weft: 1,
    nodes: [
      { id: 'read', type: 'image/read@1', params: { path: 'a.png' } },
      { id: 'prepare', type: 'detect/prepare@1' },
      { id: 'decode', type: 'detect/decode@1' },
      { id: 'filter', type: 'detect/filter@1' },
      { id: 'draw', type: 'image/draw-detections@1' },
      { id: 'annotated', type: 'io/output@1', params: { name: 'annotated' } },
      { id: 'found', type: 'io/output@1', params: { name: 'found' } },
      { id: 'limit', type: 'value/number@1' },
    ],
    wires: [
      { from: 'read.image', to: 'prepare.image' },
      { from: 'prepare.tensor', to: 'decode.output' },
      { from: 'prepare.space', to: 'decode.space' },
      { from: 'decode.detections', to: 'filter.detections' },
      { from: 'read.image', to: 'draw.image' },
      { from: 'filter.detections', to: 'draw.detections' },
      { from: 'draw.image', to: 'annotated.value' },
      { from: 'filter.detections', to: 'found.value' },
    ],
  },
  (id) => CATALOGUE.get(id),
);

describe('a viewer', () => {
  test('stands by itself where a picture is drawn on or given out, and nowhere else', () => {
    const shown = CHECKED.nodes.filter(({ id }) => showsViewerByDefault(CHECKED, id)).map(({ id }) => id);
    expect(shown.sort()).toEqual(['annotated', 'draw']);
  });

  test('shows the picture that a node gives', () => {
    expect(viewerPins(CHECKED, 'read', true)).toEqual({
      kind: 'picture',
      pictures: [outputOf('read', 'image')],
      overlays: [],
    });
  });

  test('does not draw boxes a second time onto the picture that has them', () => {
    expect(viewerPins(CHECKED, 'draw', true)).toEqual({
      kind: 'picture',
      pictures: [outputOf('draw', 'image')],
      overlays: [],
    });
  });

  test('shows what arrives at an output of the graph', () => {
    const value = { node: 'annotated', side: 'input', pin: 'value' };
    expect(viewerPins(CHECKED, 'annotated', undefined)).toEqual({ kind: 'picture', pictures: [value], overlays: [] });
  });

  test('draws boxes onto the nearest picture before the node that gives them', () => {
    expect(viewerPins(CHECKED, 'filter', true)).toEqual({
      kind: 'picture',
      pictures: [outputOf('read', 'image')],
      overlays: [outputOf('filter', 'detections')],
    });
  });

  test('shows the pin that was chosen, a tensor too', () => {
    expect(viewerPins(CHECKED, 'draw', 'detections')).toMatchObject({
      overlays: [{ node: 'draw', side: 'input', pin: 'detections' }],
    });
    expect(viewerPins(CHECKED, 'prepare', 'tensor')).toMatchObject({ pictures: [outputOf('prepare', 'tensor')] });
  });

  test('shows the value itself of what is no picture', () => {
    expect(viewerPins(CHECKED, 'limit', true)).toEqual({ kind: 'value', pin: outputOf('limit', 'value') });
  });
});

test('a picture can be compared with those before it, the nearest first, and with all others', () => {
  const names = besidePins(CHECKED, 'annotated').map(({ node, pin }) => `${node}.${pin}`);
  expect(names).toEqual(['draw.image', 'read.image', 'prepare.tensor']);
});

function outputOf(node: string, pin: string) {
  return { node, side: 'output', pin };
}
