import { expect, test } from 'vitest';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import { catalogue, graph } from './fixtures/nodes.ts';

const read = { type: 'image/read@1', params: { path: 'a.png' } };
const bypassed = (type: string, params = {}) => ({ type, bypass: true, params });

test('a bypassed node hands its first fitting input on and does not run', () => {
  const { nodes, problems } = checkGraph(
    graph({ read, box: bypassed('image/letterbox@1'), pair: 'image/pair@1' }, [
      'read.image → box.image',
      'box.image → pair.a',
    ]),
    catalogue,
  );
  expect(problems).toEqual([]);
  expect(nodes.map(({ id }) => id)).toEqual(['read', 'pair']);
  expect(nodes[1].inputs[0]).toEqual({ from: 'wire', node: 0, output: 0, conversion: null, check: null });
});

test('the wire that results does the conversion that its ends need', () => {
  const { nodes, problems } = checkGraph(
    graph({ read, box: bypassed('image/letterbox@1'), first: 'list/first@1' }, [
      'read.image → box.image',
      'box.image → first.list',
    ]),
    catalogue,
  );
  expect(problems).toEqual([]);
  expect(nodes[1].inputs[0]).toMatchObject({ from: 'wire', conversion: 'wrap-in-list' });
});

test('a literal stands in where no wire does', () => {
  const { nodes } = checkGraph(
    graph({ add: bypassed('math/add@1', { a: 7 }), show: 'math/need@1' }, ['add.sum → show.value']),
    catalogue,
  );
  expect(nodes.map(({ inputs }) => inputs)).toEqual([[{ from: 'literal', value: 7 }]]);
});

test('the types that arrive are those of the true source', () => {
  const { problems } = checkGraph(
    graph({ read, box: bypassed('image/letterbox@1'), normalize: 'tensor/normalize@1', detect: 'detect/detect@1' }, [
      'read.image → box.image',
      'box.image → normalize.image',
      'normalize.tensor → detect.tensor',
    ]),
    catalogue,
  );
  expect(problems).toEqual([]);
});

test('is refused where no input can stand in for an output that is used', () => {
  const graphs = (wires: string[]) =>
    graph({ read: { ...read, bypass: true }, pair: 'image/pair@1', other: read }, ['other.image → pair.a', ...wires]);
  expect(checkGraph(graphs([]), catalogue).problems).toEqual([]);
  expect(checkGraph(graphs(['read.image → pair.b']), catalogue).problems).toEqual([
    {
      code: 'E_BYPASS',
      message:
        'Read (read) cannot be bypassed, for no input that has a value can stand in for its output "image": remove the wire from it, or do not bypass it.',
      node: 'read',
      pin: 'image',
      path: 'nodes[0].bypass',
    },
  ]);
});

test('a hundred thousand bypassed nodes in a row are followed', () => {
  const count = 100_000;
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    type: 'math/need@1',
    bypass: index > 0 && index < count - 1,
    ...(index === 0 ? { params: { value: 1 } } : {}),
  }));
  const wires = Array.from({ length: count - 1 }, (_, index) => ({
    from: `n${index}.value`,
    to: `n${index + 1}.value`,
  }));
  const checked = checkGraph({ weft: 1, nodes, wires }, catalogue);
  expect(checked.problems).toEqual([]);
  expect(checked.nodes.map(({ id }) => id)).toEqual(['n0', `n${count - 1}`]);
});

test('a circle of bypassed nodes is a circle', () => {
  const circle = graph({ a: bypassed('math/need@1'), b: bypassed('math/need@1'), c: 'math/need@1' }, [
    'a.value → b.value',
    'b.value → a.value',
    'b.value → c.value',
  ]);
  expect(checkGraph(circle, catalogue).problems.map(({ message }) => message)).toEqual([
    'Nodes wait for each other in a circle, b → a → b: remove one of these wires.',
  ]);
});

test("a graph's input is not bypassed into its own name", () => {
  const input = { type: 'io/input@1', bypass: true, params: { name: 'x', default: 1 } };
  const { problems } = checkGraph(graph({ input, need: 'math/need@1' }, ['input.value → need.value']), catalogue);
  expect(problems.map(({ code }) => code)).toEqual(['E_BYPASS']);
});

test('what stands in is checked against the pin it reaches', () => {
  const { problems } = checkGraph(
    graph({ add: bypassed('math/add@1', { a: 7 }), detect: { type: 'detect/detect@1' } }, ['add.sum → detect.conf']),
    catalogue,
  );
  expect(problems.map(({ message }) => message)).toContain('"conf" of Detect must be from 0 to 1, not 7.');
});

test('an input without a value is passed over', () => {
  const { nodes, problems } = checkGraph(
    graph({ read, pair: bypassed('image/pair@1'), end: 'image/pair@1' }, ['read.image → pair.b', 'pair.image → end.a']),
    catalogue,
  );
  expect(problems).toEqual([]);
  expect(nodes.map(({ id }) => id)).toEqual(['read', 'end']);
});

test('a default that stands in is checked like any value', () => {
  const { problems } = checkGraph(
    graph({ read, add: bypassed('math/add@1'), box: 'image/letterbox@1' }, [
      'read.image → box.image',
      'add.sum → box.width',
    ]),
    catalogue,
  );
  expect(problems.map(({ message }) => message)).toEqual(['"width" of Letterbox must be from 1 to 16384, not 0.']);
});
