import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../../../src/shared/graph/check.ts';
import type { Graph } from '../../../../src/shared/graph/document.ts';
import { GraphDraft } from '../../../../src/shared/graph/edit/graph-draft.ts';
import { makeGraph } from '../../../../src/shared/graph/edit/make-graph.ts';
import { removeGraph } from '../../../../src/shared/graph/edit/remove-graph.ts';
import { unpackGraph } from '../../../../src/shared/graph/edit/unpack-graph.ts';
import { body, catalogue, graph } from '../fixtures/nodes.ts';
import { detection, draftOf, nodes, types, wiresOf } from './editing.ts';

const sizes = () => [220, 100] as const;
const refusal = (reason: string) => ({ ok: false, reason });

/** What runs, whatever its ids: each node's type with what its inputs get and its outputs give. */
function program(document: Graph): unknown {
  const { nodes, problems } = checkGraph(document, catalogue);
  expect(problems).toEqual([]);
  const describeNode = (index: number): string => {
    const { signature, inputs, outputTypes } = nodes[index];
    const sources = inputs.map((source) => {
      return source.from === 'wire' ? `${describeNode(source.node)}.${source.output}` : JSON.stringify(source);
    });
    return `${signature.id}(${sources.join(', ')}): ${JSON.stringify(outputTypes)}`;
  };
  return nodes.map((_, index) => describeNode(index)).sort();
}

describe('making a graph from a selection', () => {
  test('runs the crossing wires through its inputs and outputs', () => {
    const draft = draftOf({
      ...detection,
      after: [
        { from: 'read', to: 'box' },
        { from: 'read', to: 'normalize' },
      ],
    });
    const made = makeGraph(draft, types, nodes('box', 'normalize'), 'Prepare it', sizes);
    expect(made).toMatchObject({ ok: true, id: 'prepare-it', graph: 'prepare-it' });
    const { graphs = {}, after } = draft.document.graph;
    expect(draft.node('prepare-it')).toEqual({ id: 'prepare-it', type: 'graph/prepare-it', ui: { at: [300, 0] } });
    expect(wiresOf(draft.body)).toEqual(['read.image → prepare-it.image', 'prepare-it.tensor → detect.tensor']);
    expect(after).toEqual([{ from: 'read', to: 'prepare-it' }]);
    const inner = graphs['prepare-it'];
    expect(inner.name).toBe('Prepare it');
    expect(inner.nodes.map(({ id }) => id)).toEqual(['image', 'box', 'normalize', 'tensor']);
    expect(inner.nodes[0]).toMatchObject({ type: 'io/input@1', params: { name: 'image', type: 'image' } });
    expect(wiresOf(inner)).toEqual([
      'image.value → box.image',
      'box.image → normalize.image',
      'normalize.tensor → tensor.value',
    ]);
  });

  test('has one input for each output that feeds it, and pins with names of their own', () => {
    const document = graph({ a: 'math/add@1', b: 'math/add@1', x: 'math/add@1', y: 'math/add@1', end: 'math/add@1' }, [
      'a.sum → x.a',
      'b.sum → x.b',
      'a.sum → y.a',
      'b.sum → y.b',
      'x.sum → end.a',
      'y.sum → end.b',
    ]);
    const draft = draftOf(document);
    makeGraph(draft, types, nodes('x', 'y'), 'g', sizes);
    expect(wiresOf(draft.body)).toEqual(['a.sum → g.a', 'b.sum → g.b', 'g.sum → end.a', 'g.sum-2 → end.b']);
    expect(program(draft.document.graph)).toEqual(program(document));
  });

  test('draws out the wires from node to node that cross its border', () => {
    const document = graph({ read: 'image/read@1', box: 'image/letterbox@1', one: 'image/letterbox@1' }, [
      'read → box',
      'box → one',
    ]);
    const withPath = {
      ...document,
      nodes: [{ ...document.nodes[0], params: { path: 'x' } }, ...document.nodes.slice(1)],
    };
    const draft = draftOf(withPath);
    makeGraph(draft, types, nodes('box'), 'g', sizes);
    expect(wiresOf(draft.body)).toEqual(['read.image → g.image', 'read.width → g.width', 'g.image → one.image']);
    expect(program(draft.document.graph)).toEqual(program(withPath));
  });

  test.each([
    [['read', 'normalize'], 'box lies between the selected nodes: select it too.'],
    [[], 'No node is selected: select those that shall be a graph.'],
  ])('from %j is refused', (ids, reason) => {
    const draft = draftOf(detection);
    expect(makeGraph(draft, types, nodes(...ids), 'g', sizes)).toEqual(refusal(reason));
    expect(draft.document.graph).toBe(detection);
  });

  test("is refused with one of the graph's own inputs", () => {
    const draft = draftOf(graph({ in: 'io/input@1' }));
    const reason = 'in is an input or output of this graph: leave it out of the selection.';
    expect(makeGraph(draft, types, nodes('in'), 'g', sizes)).toEqual(refusal(reason));
  });
});

describe('unpacking', () => {
  test.each([[['box', 'normalize']], [['detect']], [['read', 'box']], [['read', 'box', 'normalize', 'detect']]])(
    'brings back what %j was before it was a graph',
    (ids) => {
      const draft = draftOf({ ...detection, after: [{ from: 'read', to: 'detect' }] });
      const before = program(draft.document.graph);
      const made = makeGraph(draft, types, nodes(...ids), 'g', sizes);
      expect(program(draft.document.graph)).toEqual(before);
      expect(made.ok && unpackGraph(draft, types, made.id)).toMatchObject({ ok: true, selection: nodes(...ids) });
      expect(program(draft.document.graph)).toEqual(before);
      const sorted = (document: Graph) => wiresOf(document).sort();
      expect(sorted(draft.document.graph)).toEqual(sorted(detection));
      const byId = (document: Graph) => document.nodes.toSorted((a, b) => a.id.localeCompare(b.id));
      expect(byId(draft.document.graph)).toEqual(byId(detection));
      expect(draft.body.after).toContainEqual({ from: 'read', to: 'detect' });
    },
  );

  test('makes values of the node and defaults of its inputs literals, and passes through what only passes', () => {
    const document = graph(
      {
        g: { type: 'graph/g', params: { left: 5 } },
        sum: { type: 'math/add@1' },
        through: 'math/need@1',
      },
      ['g.out → sum.a', 'g.same → through.value', 'g.fixed → sum.b'],
      {
        graphs: {
          g: body(
            {
              left: { type: 'io/input@1', params: { name: 'left', type: 'number' } },
              right: { type: 'io/input@1', params: { name: 'right', type: 'number', default: 7 } },
              add: 'math/add@1',
              out: { type: 'io/output@1', params: { name: 'out' } },
              same: { type: 'io/output@1', params: { name: 'same' } },
              fixed: { type: 'io/output@1', params: { name: 'fixed', value: 3 } },
            },
            ['left.value → add.a', 'right.value → add.b', 'add.sum → out.value', 'left.value → same.value'],
          ),
        },
      },
    );
    const draft = draftOf(document);
    expect(unpackGraph(draft, types, 'g')).toMatchObject({ ok: true, selection: nodes('add') });
    expect(draft.node('add')?.params).toEqual({ a: 5, b: 7 });
    expect(draft.node('through')?.params).toEqual({ value: 5 });
    expect(draft.node('sum')?.params).toEqual({ b: 3 });
    expect(wiresOf(draft.body)).toEqual(['add.sum → sum.a']);
  });

  test('gives ids that are taken another, and orders all nodes inside', () => {
    const document = graph({ add: 'math/add@1', g: 'graph/g', end: 'math/add@1' }, ['g.out → end.a'], {
      after: ['add → g'],
      graphs: {
        g: body({ add: 'math/add@1', one: 'math/add@1', out: { type: 'io/output@1', params: { name: 'out' } } }, [
          'add.sum → out.value',
        ]),
      },
    });
    const draft = draftOf(document);
    unpackGraph(draft, types, 'g');
    expect(wiresOf(draft.body)).toEqual(['add-2.sum → end.a']);
    expect(draft.body.after).toEqual([
      { from: 'add', to: 'add-2' },
      { from: 'add', to: 'one' },
    ]);
  });

  test('is refused for other nodes, and for a bypassed one', () => {
    const draft = draftOf(
      graph({ a: 'math/add@1', c: 'graph/constructor', g: { type: 'graph/g', bypass: true } }, [], {
        graphs: { g: body({}) },
      }),
    );
    expect(unpackGraph(draft, types, 'a')).toEqual(refusal('a is no graph used as a node: choose one that is.'));
    expect(unpackGraph(draft, types, 'c')).toEqual(refusal('c is no graph used as a node: choose one that is.'));
    expect(unpackGraph(draft, types, 'g')).toEqual(refusal('g is bypassed: take that back first.'));
    expect(unpackGraph(draft, types, 'x')).toEqual(refusal('The graph has no node "x": choose one that it has.'));
  });
});

test('a graph is removed once no node is it', () => {
  const graphs = { g: body({}), h: body({ g: 'graph/g' }) };
  const document = new GraphDraft(graph({}, [], { graphs }));
  expect(removeGraph(document, 'g')).toEqual(refusal('The node g is the graph "g": delete or unpack the node first.'));
  expect(removeGraph(document, 'h')).toEqual({ ok: true, said: 'Removed the graph h.' });
  expect(removeGraph(document, 'g')).toEqual({ ok: true, said: 'Removed the graph g.' });
  expect(removeGraph(document, 'g')).toEqual(refusal('There is no graph "g": choose another.'));
  expect(document.graph.graphs).toEqual({});
});
