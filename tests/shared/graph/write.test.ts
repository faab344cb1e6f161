import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { parseGraph } from '../../../src/shared/graph/parse.ts';
import { writeGraph } from '../../../src/shared/graph/write.ts';
import { catalogue } from './fixtures/nodes.ts';

function parse(text: string): Graph {
  const result = parseGraph(text);
  if (result.kind !== 'ok') throw new Error(result.problems[0].message);
  return result.graph;
}

const unknown = fc.dictionary(
  fc.string().map((key) => `x${key}`),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 3 },
);
const point = fc.tuple(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const optional = { requiredKeys: [] as never[] };

/** Known keys in any order, and keys that no Weft knows, everywhere. */
function element(known: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc.tuple(known, unknown, fc.boolean()).map(([a, b, first]) => (first ? { ...b, ...a } : { ...a, ...b }));
}

const node = element(
  fc
    .tuple(
      fc.record({ id: fc.string(), type: fc.string() }),
      fc.record(
        {
          params: fc.dictionary(fc.string(), fc.jsonValue()),
          bypass: fc.boolean(),
          policy: element(
            fc.record(
              { attempts: fc.integer(), keep: fc.boolean(), wait: fc.double({ noNaN: true, noDefaultInfinity: true }) },
              optional,
            ),
          ),
          ui: element(fc.record({ title: fc.string(), at: point }, optional)),
        },
        optional,
      ),
    )
    .map(([a, b]) => ({ ...b, ...a })),
);
const body = element(
  fc
    .tuple(
      fc.record({ nodes: fc.array(node, { maxLength: 4 }) }),
      fc.record(
        {
          name: fc.string(),
          wires: fc.array(element(fc.record({ to: fc.string(), from: fc.string() })), { maxLength: 4 }),
          after: fc.array(element(fc.record({ to: fc.string(), from: fc.string() })), { maxLength: 2 }),
          frames: fc.array(element(fc.record({ size: point, at: point })), { maxLength: 2 }),
          notes: fc.array(element(fc.record({ text: fc.string(), at: point })), { maxLength: 2 }),
        },
        optional,
      ),
    )
    .map(([a, b]) => ({ ...b, ...a })),
);
const graphs = fc
  .tuple(body, fc.option(fc.dictionary(fc.string(), body, { maxKeys: 2 }), { nil: undefined }))
  .map(([whole, inner]) => ({
    ...whole,
    ...(inner === undefined ? {} : { graphs: inner }),
    weft: 1,
  })) as unknown as fc.Arbitrary<Graph>;

/** The value with its keys in their order, which `toEqual` does not compare. */
function keysInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysInOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([key, part]) => [key, keysInOrder(part)]);
}

describe('writing', () => {
  test('a graph and reading it again gives the same graph, unknown keys and types included', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(parse(writeGraph(graph))).toEqual(graph);
      }),
    );
  });

  test('keeps the order of parameters and of unknown keys', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const again = parse(writeGraph(graph));
        again.nodes.forEach((node, index) => {
          expect(keysInOrder(node.params)).toEqual(keysInOrder(graph.nodes[index].params));
          const others = (of: object) => Object.entries(of).filter(([key]) => key.startsWith('x'));
          expect(keysInOrder(others(node))).toEqual(keysInOrder(others(graph.nodes[index])));
        });
      }),
    );
  });

  test('does not depend on the order in which known keys were set', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const text = writeGraph(graph);
        expect(writeGraph(parse(text))).toBe(text);
      }),
    );
    const at = [1, 2] as const;
    const one = { weft: 1, nodes: [{ id: 'a', type: 'b', ui: { at, title: 'A', locked: true, viewer: 'x' } }] };
    const other = { nodes: [{ ui: { viewer: 'x', locked: true, title: 'A', at }, type: 'b', id: 'a' }], weft: 1 };
    expect(writeGraph(one)).toBe(writeGraph(other));
  });

  test('gives every node and wire a line of its own, so that a moved node changes one', () => {
    const nodes = Array.from({ length: 5 }, (_, index) => ({
      id: `n${index}`,
      type: 'a/b@1',
      ui: { at: [index, 0] as const },
    }));
    const before: Graph = { weft: 1, name: 'Lines', nodes, wires: [{ from: 'n0.a', to: 'n1.b' }], after: [] };
    const after: Graph = {
      ...before,
      nodes: nodes.map((node) => (node.id === 'n3' ? { ...node, ui: { at: [9, 9] as const } } : node)),
    };
    const [a, b] = [writeGraph(before).split('\n'), writeGraph(after).split('\n')];
    expect(a).toHaveLength(b.length);
    expect(b.filter((line, index) => line !== a[index])).toEqual([
      '    { "id": "n3", "type": "a/b@1", "ui": { "at": [9, 9] } },',
    ]);
    expect(a.slice(-5)).toEqual(['    { "from": "n0.a", "to": "n1.b" }', '  ],', '  "after": []', '}', '']);
  });

  test('leaves out what is undefined', () => {
    expect(writeGraph({ weft: 1, name: undefined, nodes: [{ id: 'a', type: 'b', ui: undefined }] })).toBe(
      '{\n  "weft": 1,\n  "nodes": [\n    { "id": "a", "type": "b" }\n  ]\n}\n',
    );
  });
});

test('unknown nodes and parameters survive opening and saving while checking reports them', () => {
  const text = writeGraph({
    weft: 1,
    nodes: [
      { id: 'future', type: 'later/thing@3', params: { deep: { b: 1, a: [true] } } },
      { id: 'add', type: 'math/add@1', params: { a: 1, later: 'x' } },
    ],
    wires: [{ from: 'future.out', to: 'add.b' }],
  });
  const graph = parse(text);
  expect(checkGraph(graph, catalogue).problems.map(({ code }) => code)).toEqual(['E_NODE_UNKNOWN', 'E_PARAM_UNKNOWN']);
  expect(writeGraph(graph)).toBe(text);
});
