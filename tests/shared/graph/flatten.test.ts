import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph, GraphBody } from '../../../src/shared/graph/document.ts';
import { body, catalogue, graph, types } from './fixtures/nodes.ts';

const input = (name: string, type = 'number', more = {}) => ({ type: 'io/input@1', params: { name, type, ...more } });
const output = (name: string) => ({ type: 'io/output@1', params: { name } });

/** Adds 1 to `x`. */
const increment: GraphBody = body({ x: input('x'), one: { type: 'math/add@1', params: { b: 1 } }, y: output('y') }, [
  'x.value → one.a',
  'one.sum → y.value',
]);
/** Increments twice. */
const twice: GraphBody = body({ x: input('x'), first: 'graph/increment', second: 'graph/increment', y: output('y') }, [
  'x.value → first.x',
  'first.y → second.x',
  'second.y → y.value',
]);
const graphs = { increment, twice };

const check = (checked: Graph, options: CheckOptions = {}) => checkGraph(checked, catalogue, { types, ...options });
const messages = (checked: Graph) => check(checked).problems.map(({ message }) => message);

describe('a graph used as a node', () => {
  test('is spread out, its nodes named by path and wired to what surrounds it', () => {
    const { nodes, problems } = check(
      graph(
        { start: { type: 'math/add@1', params: { a: 5 } }, more: 'graph/twice', end: 'math/need@1' },
        ['start.sum → more.x', 'more.y → end.value'],
        { graphs },
      ),
    );
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['start', 'more/first/one', 'more/second/one', 'end']);
    expect(nodes.map(({ inputs }) => inputs[0])).toEqual([
      { from: 'literal', value: 5 },
      { from: 'wire', node: 0, output: 0, conversion: null, check: null },
      { from: 'wire', node: 1, output: 0, conversion: null, check: null },
      { from: 'wire', node: 2, output: 0, conversion: null, check: null },
    ]);
  });

  test('takes a literal for an input as it takes a wire', () => {
    const { nodes, problems } = check(graph({ inc: { type: 'graph/increment', params: { x: 41 } } }, [], { graphs }));
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['inc/x', 'inc/one']);
    expect(nodes[0].inputs[2]).toEqual({ from: 'literal', value: 41 });
  });

  test('has its own defaults, and shows no interface of its own to the outside', () => {
    const withDefault = body({ x: input('x', 'number', { default: 3 }), need: 'math/need@1' }, [
      'x.value → need.value',
    ]);
    const { nodes, problems, inputs } = check(graph({ g: 'graph/g' }, [], { graphs: { g: withDefault } }), {
      inputs: {},
    });
    expect(problems).toEqual([]);
    expect(nodes[0].inputs[2]).toEqual({ from: 'literal', value: 3 });
    expect(inputs).toEqual([]);
  });

  test('needs the inputs that have no default', () => {
    expect(messages(graph({ inc: 'graph/increment' }, [], { graphs }))).toEqual([
      'increment needs a number for "x": wire it or set it.',
    ]);
  });

  test('refuses what does not suit its inputs', () => {
    const wired = graph(
      { read: { type: 'image/read@1', params: { path: 'a' } }, inc: 'graph/increment' },
      ['read.image → inc.x'],
      { graphs },
    );
    expect(check(wired).problems).toContainEqual({
      code: 'E_PIN_TYPE',
      message:
        'increment needs a number, but Read gives image: wire another output, or convert it with a node in between.',
      node: 'inc',
      pin: 'x',
      path: 'nodes[1].params.x',
    });
  });

  test('has no pins but its inputs and outputs', () => {
    const wrong = graph(
      { inc: { type: 'graph/increment', params: { x: 1, z: 2 } }, need: 'math/need@1' },
      ['inc.one → need.value'],
      { graphs },
    );
    expect(messages(wrong)).toEqual([
      'increment has no input "z", only x: did you mean "x"?',
      'increment has no output "one", only y: use one of these.',
    ]);
  });

  test('may be handed through from an input to an output', () => {
    const through = body({ x: input('x'), y: output('y') }, ['x.value → y.value']);
    const { nodes, problems } = check(
      graph({ start: 'math/add@1', g: 'graph/through', end: 'math/need@1' }, ['start.sum → g.x', 'g.y → end.value'], {
        graphs: { through },
      }),
    );
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['start', 'end']);
    expect(nodes[1].inputs[0]).toEqual({ from: 'wire', node: 0, output: 0, conversion: null, check: null });
  });

  test('lets a value do the conversion that its last consumer needs', () => {
    const shows = body({ x: input('x', 'string'), show: 'text/show@1' }, ['x.value → show.text']);
    const { nodes, problems } = check(
      graph({ n: 'math/add@1', g: 'graph/shows' }, ['n.sum → g.x'], { graphs: { shows } }),
    );
    expect(problems).toEqual([]);
    expect(nodes[1].inputs[0]).toMatchObject({ from: 'wire', conversion: 'to-string' });
  });

  test('may be bypassed, as any node', () => {
    const { nodes, problems } = check(
      graph(
        { start: 'math/add@1', inc: { type: 'graph/increment', bypass: true }, end: 'math/need@1' },
        ['start.sum → inc.x', 'inc.y → end.value'],
        { graphs },
      ),
    );
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['start', 'end']);
  });

  test('may be wired from node to node', () => {
    const named = body({ x: input('value'), need: 'math/need@1' }, ['x.value → need.value']);
    const { nodes, notes } = check(
      graph({ n: { type: 'math/need@1', params: { value: 1 } }, g: 'graph/named' }, ['n → g'], { graphs: { named } }),
    );
    expect(nodes[1].inputs[0]).toMatchObject({ from: 'wire', node: 0 });
    expect(notes).toEqual(['The wire from Need to named connects value.']);
  });

  test('is wholly before or after what it is ordered with', () => {
    const { nodes } = check(
      graph({ late: 'math/add@1', inc: { type: 'graph/twice', params: { x: 1 } }, early: 'math/add@1' }, [], {
        graphs,
        after: ['early → inc', 'inc → late'],
      }),
    );
    const at = new Map(nodes.map(({ id }, index) => [id, index]));
    expect(nodes[at.get('inc/first/one') ?? -1].after).toEqual([at.get('early')]);
    expect(nodes[at.get('late') ?? -1].after.map((index) => nodes[index].id)).toEqual([
      'inc/x',
      'inc/first/one',
      'inc/second/one',
    ]);
  });

  test('has no policy of its own', () => {
    expect(
      messages(graph({ inc: { type: 'graph/increment', params: { x: 1 }, policy: { attempts: 2 } } }, [], { graphs })),
    ).toEqual(['increment is a graph used as a node, which has no policy: give one to the nodes inside it.']);
  });
});

describe('mistakes inside a graph used as a node', () => {
  test('are told once, with their place in the file and the first path', () => {
    const wrong = body({ x: input('x'), need: { type: 'math/need@1', params: { vlaue: 1 } }, show: 'no/such@1' }, [
      'x.value → need.value',
    ]);
    const uses = graph(
      { one: { type: 'graph/wrong', params: { x: 1 } }, two: { type: 'graph/wrong', params: { x: 2 } } },
      [],
      { graphs: { wrong } },
    );
    expect(check(uses).problems).toEqual([
      {
        code: 'E_PARAM_UNKNOWN',
        message: 'Need has no input "vlaue", only value: use one of these.',
        node: 'one/need',
        pin: 'vlaue',
        path: 'graphs.wrong.nodes[1].params.vlaue',
      },
      {
        code: 'E_NODE_UNKNOWN',
        message:
          'The node type "no/such@1" of show is not installed: install the package that has it, or replace the node.',
        node: 'one/show',
        path: 'graphs.wrong.nodes[2].type',
      },
    ]);
  });

  test('may be a circle, inside or through its border', () => {
    const inside = body({ a: 'math/add@1', b: 'math/add@1' }, ['a.sum → b.a', 'b.sum → a.a']);
    expect(messages(graph({ one: 'graph/inside', two: 'graph/inside' }, [], { graphs: { inside } }))).toEqual([
      'Nodes wait for each other in a circle, one/a → one/b → one/a: remove one of these wires.',
    ]);
    expect(messages(graph({ inc: 'graph/increment' }, ['inc.y → inc.x'], { graphs }))).toEqual([
      'Nodes wait for each other in a circle, inc/one → inc/one: remove one of these wires.',
    ]);
  });

  test('may be that it contains itself, which is refused by name', () => {
    const a = body({ b: 'graph/b' });
    const b = body({ a: 'graph/a' });
    expect(check(graph({ a: 'graph/a' }, [], { graphs: { a, b } })).problems).toEqual([
      {
        code: 'E_GRAPH_RECURSION',
        message: 'The graph "a" contains itself, a → b → a: remove the node that uses it.',
        path: 'graphs.a',
      },
    ]);
  });

  test('include a graph that is not there', () => {
    expect(messages(graph({ a: 'graph/incremet' }, [], { graphs }))).toEqual([
      'The node type "graph/incremet" of a is not installed: did you mean graph/increment?',
    ]);
  });
});

describe('a file that asks for too much', () => {
  test('is refused, not spread out: a few lines can stand for billions of nodes', () => {
    const levels: Record<string, GraphBody> = { g0: body({ a: 'math/add@1' }) };
    for (let level = 1; level <= 12; level++) {
      levels[`g${level}`] = body(
        Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${index}`, `graph/g${level - 1}`])),
      );
    }
    expect(messages(graph({ all: 'graph/g12' }, [], { graphs: levels }))).toEqual([
      'The graphs used as nodes come to more than 1,000,000 nodes: use fewer.',
    ]);
  });

  test('is refused when it orders every node of one large graph with every node of another', () => {
    const large = body(Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`n${index}`, 'math/add@1'])));
    const ordered = graph({ a: 'graph/large', b: 'graph/large' }, [], { graphs: { large }, after: ['a → b'] });
    expect(messages(ordered)).toEqual([
      'The order between graphs used as nodes comes to more than 1,000,000 pairs of nodes: order single nodes inside them.',
    ]);
  });

  test('is refused when it nests too deep', () => {
    const levels: Record<string, GraphBody> = { g0: body({ a: 'math/add@1' }) };
    for (let level = 1; level <= 1000; level++) levels[`g${level}`] = body({ n: `graph/g${level - 1}` });
    expect(messages(graph({ all: 'graph/g1000' }, [], { graphs: levels }))).toEqual([
      'Graphs are nested deeper than 50: use fewer levels.',
    ]);
  });
});
