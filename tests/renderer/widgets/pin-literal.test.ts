import { expect, test } from 'vitest';
import { pinLiteral } from '../../../src/renderer/widgets/pin-literal.ts';

const RADIUS = { name: 'radius', type: { kind: 'number' }, default: 2 } as const;

test('a default is shown as one until a value is written', () => {
  const blur = { id: 'blur', type: 'image/blur@1' };
  expect(pinLiteral(blur, RADIUS)).toMatchObject({ value: 2, isDefault: true });
  expect(pinLiteral({ ...blur, params: { radius: 2 } }, RADIUS)).toMatchObject({ value: 2, isDefault: false });
});

test("the default of a graph's input is written as the type that the input declares", () => {
  const input = { id: 'conf', type: 'io/input@1', params: { type: 'number' } };
  const pin = { name: 'default', type: { kind: 'json' } } as const;
  expect(pinLiteral(input, pin).type).toEqual({ kind: 'number' });
  expect(pinLiteral({ ...input, params: { type: 'no such type' } }, pin).type).toEqual({ kind: 'json' });
});

test('a path that is written is chosen with another dialog than one that is read', () => {
  const write = { id: 'write', type: 'image/write@1' };
  const mode = (name: string, access: 'read' | 'write') =>
    pinLiteral(write, { name, type: { kind: 'path' }, access }).pathMode;
  expect([mode('path', 'read'), mode('path', 'write'), mode('folder', 'read')]).toEqual(['open', 'save', 'folder']);
});
