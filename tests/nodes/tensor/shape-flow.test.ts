import { describe, expect, test } from 'vitest';
import draw from '../../../nodes/image/draw-detections.ts';
import letterbox from '../../../nodes/image/letterbox.ts';
import resize from '../../../nodes/image/resize.ts';
import addBatch from '../../../nodes/tensor/add-batch.ts';
import fromImage from '../../../nodes/tensor/from-image.ts';
import normalize from '../../../nodes/tensor/normalize.ts';
import transpose from '../../../nodes/tensor/transpose.ts';
import type { NodeDefinition } from '../../../src/shared/node-api/define-node.ts';
import type { JsonValue } from '../../../src/shared/node-api/pins.ts';
import { signatureOf } from '../../../src/shared/node-api/signature.ts';
import type { PinType } from '../../../src/shared/types/pin-type.ts';
import { describePinType } from '../../../src/shared/types/pin-type-text.ts';
import { flowTypes } from '../../../src/shared/types/type-flow.ts';

const photo: PinType = { kind: 'image', width: null, height: null, channels: 3 };

/** The type of a node's first output when `arriving` is wired to its first input and nothing has run. */
function typeAfter(node: NodeDefinition, arriving: PinType, literals: Record<string, JsonValue> = {}): PinType {
  const signature = signatureOf(node);
  const inputs = signature.inputs.map(({ name, default: value }, index) =>
    index === 0 ? { type: arriving } : { type: null, value: literals[name] ?? value },
  );
  return flowTypes(signature, inputs).outputs[0];
}

describe('before anything runs', () => {
  test('the steps of preprocessing are known to end in float32[1,3,640,640]', () => {
    const boxed = typeAfter(letterbox, photo);
    const normalized = typeAfter(normalize, boxed);
    const planar = typeAfter(transpose, normalized);
    expect([boxed, normalized, planar, typeAfter(addBatch, planar)].map(describePinType)).toEqual([
      'image 640×640×3',
      'float32[640,640,3]',
      'float32[3,640,640]',
      'float32[1,3,640,640]',
    ]);
  });

  test('from-image gives the shape of its layout, channels and dtype', () => {
    const boxed = typeAfter(letterbox, photo, { width: 416, height: 320 });
    expect(describePinType(typeAfter(fromImage, boxed))).toBe('float32[1,3,320,416]');
    const settings = { layout: 'hwc', channels: 'grey', dtype: 'uint8' };
    expect(describePinType(typeAfter(fromImage, boxed, settings))).toBe('uint8[320,416,1]');
  });

  test('resize knows its size unless it keeps the shape of the picture', () => {
    expect(typeAfter(resize, photo, { width: 10, height: 20 })).toMatchObject({ width: 10, height: 20, channels: 3 });
    expect(typeAfter(resize, photo, { fit: 'contain' })).toMatchObject({ width: null, height: null, channels: 3 });
  });

  test('drawing makes colour of grey and keeps transparency', () => {
    const channels = [1, 3, 4].map((count) => typeAfter(draw, { ...photo, channels: count }));
    expect(channels).toMatchObject([{ channels: 3 }, { channels: 3 }, { channels: 4 }]);
  });
});
