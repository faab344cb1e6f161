import { describe, expect, test } from 'vitest';
import { verdictOf, type WireDrag } from '../../../src/renderer/canvas/wire-drag.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { PinTypes } from '../../../src/shared/graph/edit/pin-types.ts';
import { signature } from './signatures.ts';

const READ = signature('t/read@1', { title: 'Read', outputs: [{ name: 'text', type: { kind: 'string' } }] });
const SHOW = signature('t/show@1', {
  title: 'Show',
  inputs: [
    { name: 'text', type: { kind: 'string' } },
    { name: 'model', type: { kind: 'model' } },
  ],
});
const GRAPH: Graph = {
  weft: 1,
  nodes: [
    { id: 'read', type: READ.id },
    { id: 'show', type: SHOW.id },
  ],
};
const types = new PinTypes(GRAPH, null, { catalogue: (id) => [READ, SHOW].find((entry) => entry.id === id) });
const drag: WireDrag = { from: { node: 'read', pin: 'text', kind: 'output' }, types, pulled: null };

describe('while a wire is drawn', () => {
  test('pins that take it accept', () => {
    expect(verdictOf(drag, 'show', 'input', 'text')).toEqual({ state: 'accepts', reason: null });
  });

  test('others refuse with a sentence', () => {
    const verdict = verdictOf(drag, 'show', 'input', 'model');
    expect(verdict.state).toBe('refuses');
    expect(verdict.reason).toMatch(/^Show needs a model, but Read gives string: .*\.$/);
  });

  test('the pin that it comes from is marked, and pins of the same side refuse', () => {
    expect(verdictOf(drag, 'read', 'output', 'text').state).toBe('source');
    expect(verdictOf(drag, 'show', 'output', 'other').reason).toContain('choose an input');
  });
});
