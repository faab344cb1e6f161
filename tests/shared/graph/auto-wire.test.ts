import { expect, test } from 'vitest';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { catalogue, graph } from './fixtures/nodes.ts';

const read = { type: 'image/read@1', params: { path: 'a.png' } };

/** Wires as `from.pin → to.pin`. */
function drawn(checked: Graph): string[] {
  const { nodes, problems } = checkGraph(checked, catalogue);
  expect(problems).toEqual([]);
  return nodes.flatMap(({ id, signature, inputs }) =>
    inputs.flatMap((source, input) => {
      if (source.from !== 'wire') return [];
      const from = nodes[source.node];
      return `${from.id}.${from.signature.outputs[source.output].name} → ${id}.${signature.inputs[input].name}`;
    }),
  );
}

test('a wire from node to node connects the pins of the same name', () => {
  const auto = graph({ read, box: 'image/letterbox@1' }, ['read → box']);
  expect(drawn(auto)).toEqual(['read.image → box.image', 'read.width → box.width']);
  expect(checkGraph(auto, catalogue).notes).toEqual(['The wire from Read to Letterbox connects image and width.']);
});

test('a wired input is left alone', () => {
  const auto = graph({ read, other: read, box: 'image/letterbox@1' }, ['read → box', 'other.image → box.image']);
  expect(drawn(auto)).toEqual(['other.image → box.image', 'read.width → box.width']);
});

test('pins whose types do not fit are not connected, and a wire that connects nothing is noted', () => {
  const auto = graph(
    {
      need: { type: 'math/need@1', params: { value: 1 } },
      out: { type: 'io/output@1', params: { name: 'x', value: 1 } },
      add: 'math/add@1',
    },
    ['need → out', 'need → add'],
  );
  expect(drawn(auto)).toEqual(['need.value → out.value']);
  expect(checkGraph(auto, catalogue).notes).toContain('The wire from Need to Add connects no pins.');
  const untyped = graph({ read, first: { type: 'text/show@1', params: { text: 'x' } } }, ['read → first']);
  expect(drawn(untyped)).toEqual([]);
});

test('where two wires offer the same pin the first in the file wins, and a note says so', () => {
  const auto = graph({ one: read, two: read, box: 'image/letterbox@1' }, ['two → box', 'one → box']);
  expect(drawn(auto)).toEqual(['two.image → box.image', 'two.width → box.width']);
  expect(checkGraph(auto, catalogue).notes).toEqual([
    'The wire from Read (two) to Letterbox connects image and width.',
    '"image" of Letterbox is already taken by an earlier wire, not by the one from Read (one).',
    '"width" of Letterbox is already taken by an earlier wire, not by the one from Read (one).',
    'The wire from Read (one) to Letterbox connects no pins.',
  ]);
});

test('a diamond of them is drawn as its four wires', () => {
  const need = 'math/need@1';
  const diamond = graph({ top: { type: need, params: { value: 1 } }, left: need, right: need, bottom: need }, [
    'top → left',
    'top → right',
    'left → bottom',
    'right → bottom',
  ]);
  expect(drawn(diamond)).toEqual(['top.value → left.value', 'top.value → right.value', 'left.value → bottom.value']);
});

test('the name of an output is never taken for the name that a graph output has', () => {
  const signature = catalogue('text/show@1');
  if (signature === undefined) throw new Error('missing');
  const named = { ...signature, id: 'test/named@1', outputs: [{ name: 'name', type: { kind: 'string' } as const }] };
  const auto = graph(
    {
      named: { type: 'test/named@1', params: { text: 'x' } },
      out: { type: 'io/output@1', params: { name: 'x', value: 1 } },
    },
    ['named → out'],
  );
  const { nodes } = checkGraph(auto, (id) => (id === 'test/named@1' ? named : catalogue(id)));
  expect(nodes.find(({ id }) => id === 'out')?.inputs[0]).toEqual({ from: 'literal', value: 'x' });
});
