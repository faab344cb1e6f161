import { describe, expect, test } from 'vitest';
import { viewerContent } from '../../../src/renderer/previews/viewer-content.ts';
import type { PinView, PreviewContent } from '../../../src/shared/protocol/preview.ts';

describe('what a viewer draws', () => {
  test('is nothing before there is a picture', () => {
    expect(viewerContent([null, view({ kind: 'scalar', value: 1 })], [detections(100, 50)])).toBeNull();
  });

  test('is the first picture, with what was found in it', () => {
    const content = viewerContent([picture(100, 50)], [detections(100, 50)]);
    expect(content?.overlays.map(({ kind }) => kind)).toEqual(['detections']);
  });

  test('is the picture that the boxes are about, not a nearer one of another size', () => {
    const content = viewerContent([picture(64, 64), picture(100, 50)], [detections(100, 50)]);
    expect(content).toMatchObject({ source: 1, picture: { sourceWidth: 100 } });
  });

  test('leaves out boxes that belong to no picture that is there', () => {
    expect(viewerContent([picture(64, 64)], [detections(100, 50)])?.overlays).toEqual([]);
  });

  test('never draws the boxes of one frame onto another', () => {
    expect(viewerContent([picture(100, 50, 7)], [detections(100, 50, 6)])?.overlays).toEqual([]);
    expect(viewerContent([picture(100, 50, 7)], [detections(100, 50, 7)])?.overlays).toHaveLength(1);
  });
});

function picture(width: number, height: number, item: number | null = null): PinView {
  const statistics = { range: null, nan: 0, inf: 0, exact: true };
  const region = { x: 0, y: 0, width, height };
  const rgba = new Uint8Array(4);
  const shown = { width: 1, height: 1, rgba, sourceWidth: width, sourceHeight: height, region, samples: null };
  return view({ kind: 'picture', depth: 'u8', channels: 3, statistics, picture: shown }, item);
}

function detections(width: number, height: number, item: number | null = null): PinView {
  return view({ kind: 'detections', space: { width, height }, total: 0, detections: [] }, item);
}

function view(content: PreviewContent, item: number | null = null): PinView {
  const ref = { node: 'a', side: 'output', pin: 'image' } as const;
  return { state: 'value', ref, preview: { run: 'r', item, series: null, type: 'image', bytes: 0, content } };
}
