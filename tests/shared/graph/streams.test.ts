import { describe, expect, test } from 'vitest';
import { checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { catalogue, graph } from './fixtures/nodes.ts';

/** The id of the source whose items each node runs once for, by node. */
function streams(checked: Graph): Record<string, string | null> {
  const { nodes, problems } = checkGraph(checked, catalogue);
  expect(problems).toEqual([]);
  return Object.fromEntries(nodes.map(({ id, stream }) => [id, stream === -1 ? null : nodes[stream].id]));
}
const messages = (checked: Graph) =>
  checkGraph(checked, catalogue).problems.map(({ code, node, message }) => `${code} ${node}: ${message}`);

describe('the stream of a node', () => {
  test('is that of its inputs, through stateful nodes too, until something collects it', () => {
    expect(
      streams(
        graph(
          {
            range: 'stream/range@1',
            add: 'math/add@1',
            count: 'stream/count@1',
            mean: 'stream/mean@1',
            end: 'math/need@1',
          },
          ['range.value → add.a', 'add.sum → count.value', 'count.value → mean.value', 'mean.mean → end.value'],
        ),
      ),
    ).toEqual({ range: null, add: 'range', count: 'range', mean: 'range', end: null });
  });

  test('is kept where two wires of the same stream meet again, and where a single value joins it', () => {
    expect(
      streams(
        graph(
          { range: 'stream/range@1', one: 'math/add@1', left: 'math/add@1', right: 'math/add@1', join: 'math/add@1' },
          [
            'range.value → left.a',
            'range.value → right.a',
            'one.sum → right.b',
            'left.sum → join.a',
            'right.sum → join.b',
          ],
        ),
      ),
    ).toEqual({ range: null, one: null, left: 'range', right: 'range', join: 'range' });
  });

  test('passes through bypassed nodes', () => {
    expect(
      streams(
        graph({ range: 'stream/range@1', add: { type: 'math/add@1', bypass: true }, end: 'math/need@1' }, [
          'range.value → add.a',
          'add.sum → end.value',
        ]),
      ),
    ).toEqual({ range: null, end: 'range' });
  });
});

describe('a node that begins a stream', () => {
  test('runs in the stream it is fed by, and those after it in its own', () => {
    const thinned = graph(
      {
        range: 'stream/range@1',
        some: 'stream/some@1',
        less: 'stream/some@1',
        mean: 'stream/mean@1',
        end: 'math/need@1',
      },
      ['range.value → some.value', 'some.value → less.value', 'less.value → mean.value', 'mean.mean → end.value'],
    );
    expect(streams(thinned)).toEqual({ range: null, some: 'range', less: 'some', mean: 'less', end: null });
  });

  test('begins none when it is fed by a single value', () => {
    const single = graph({ range: 'stream/range@1', some: 'stream/some@1', end: 'math/need@1' }, [
      'some.value → end.value',
    ]);
    const { problems: _, nodes } = checkGraph(single, catalogue);
    expect(nodes.map(({ stream }) => stream)).toEqual([-1, -1, -1]);
  });

  test('gives items that do not meet those it was made from', () => {
    const mixed = graph({ range: 'stream/range@1', some: 'stream/some@1', add: 'math/add@1' }, [
      'range.value → some.value',
      'range.value → add.a',
      'some.value → add.b',
    ]);
    expect(messages(mixed)).toEqual([
      'E_STREAM_MIX add: Items of Range and of Some meet in Add: join them with Zip or Latest, or collect one of the two streams first.',
    ]);
  });

  test('cannot be joined with what exists only when the stream it comes from has ended, nor the other way round', () => {
    const nodes = { range: 'stream/range@1', some: 'stream/some@1', mean: 'stream/mean@1', add: 'math/add@1' };
    const after = (collected: string, held: string) =>
      messages(
        graph(nodes, [
          'range.value → some.value',
          `${collected}.value → mean.value`,
          `${held}.value → add.a`,
          'mean.mean → add.b',
        ]),
      ).map((message) => message.slice(0, 17));
    for (const [collected, held] of [
      ['range', 'some'],
      ['some', 'range'],
      ['some', 'some'],
    ]) {
      expect(after(collected, held)).toEqual(['E_STREAM_WAIT add']);
    }
  });
});

describe('streams that are joined', () => {
  const two = { a: 'stream/range@1', b: 'stream/range@1' };

  test.each(['zip', 'latest'])('by %s belong to the first of them', (name) => {
    const joined = graph({ ...two, join: `stream/${name}@1`, add: 'math/add@1' }, [
      'b.value → join.a',
      'a.value → join.b',
      'join.b → add.a',
      'b.value → add.b',
    ]);
    expect(streams(joined)).toEqual({ a: null, b: null, join: 'b', add: 'b' });
  });

  test('may be paired again, as they come in equal numbers', () => {
    const again = graph({ ...two, zip: 'stream/zip@1', again: 'stream/zip@1' }, [
      'a.value → zip.a',
      'b.value → zip.b',
      'zip.a → again.a',
      'b.value → again.b',
    ]);
    expect(streams(again)).toEqual({ a: null, b: null, zip: 'a', again: 'a' });
  });

  test('are not paired with what was made from one of them, which could wait for ever', () => {
    const itself = graph({ range: 'stream/range@1', some: 'stream/some@1', zip: 'stream/zip@1' }, [
      'range.value → some.value',
      'range.value → zip.a',
      'some.value → zip.b',
    ]);
    expect(messages(itself)).toEqual([
      'E_STREAM_MIX zip: Zip pairs items of Range and of Some, which depend on each other but do not come in equal numbers, so that it could wait for ever: follow one of them with Latest, or take it from a second source node.',
    ]);
    const aroundACorner = graph({ ...two, some: 'stream/some@1', zip: 'stream/zip@1', again: 'stream/zip@1' }, [
      'a.value → zip.a',
      'b.value → zip.b',
      'b.value → some.value',
      'a.value → again.a',
      'some.value → again.b',
    ]);
    expect(messages(aroundACorner).map((message) => message.slice(0, 12))).toEqual(['E_STREAM_MIX']);
  });

  test('may be followed by what was made from them, and not in a circle', () => {
    const made = graph({ range: 'stream/range@1', some: 'stream/some@1', latest: 'stream/latest@1' }, [
      'range.value → some.value',
      'range.value → latest.a',
      'some.value → latest.b',
    ]);
    expect(streams(made)).toEqual({ range: null, some: 'range', latest: 'range' });
    const circle = graph({ ...two, there: 'stream/latest@1', back: 'stream/latest@1' }, [
      'a.value → there.a',
      'b.value → there.b',
      'b.value → back.a',
      'a.value → back.b',
    ]);
    expect(messages(circle)).toEqual([
      'E_STREAM_MIX back: Latest (back) takes items of Range (b) and of Range (a), which are joined elsewhere already, so that they could wait for each other for ever: take one of them from a second source node.',
    ]);
  });

  test('cannot wait for the end of each other', () => {
    const waits = graph({ ...two, zip: 'stream/zip@1', mean: 'stream/mean@1', add: 'math/add@1' }, [
      'a.value → zip.a',
      'b.value → zip.b',
      'a.value → mean.value',
      'mean.mean → add.a',
      'b.value → add.b',
    ]);
    expect(messages(waits).map((message) => message.slice(0, 17))).toEqual(['E_STREAM_WAIT add']);
  });
});

describe('streams that are refused', () => {
  test('two that meet', () => {
    expect(
      messages(
        graph({ a: 'stream/range@1', b: 'stream/range@1', add: 'math/add@1' }, ['a.value → add.a', 'b.value → add.b']),
      ),
    ).toEqual([
      'E_STREAM_MIX add: Items of Range (a) and of Range (b) meet in Add: join them with Zip or Latest, or collect one of the two streams first.',
    ]);
  });

  test('a source that is fed by items', () => {
    const rounded = graph({ outer: 'stream/range@1', inner: 'stream/range@1' }, ['outer.value → inner.count']);
    expect(messages(rounded)).toEqual([
      'E_STREAM_NESTED inner: Range (inner) gives a stream of its own and cannot take the items of Range (outer): give it a single value, or collect the items first.',
    ]);
  });

  test('one that waits for its own end, which would never come', () => {
    const waits = graph({ range: 'stream/range@1', mean: 'stream/mean@1', twice: 'math/add@1', minus: 'math/add@1' }, [
      'range.value → mean.value',
      'mean.mean → twice.a',
      'range.value → minus.a',
      'twice.sum → minus.b',
    ]);
    expect(messages(waits)).toEqual([
      'E_STREAM_WAIT minus: Add (minus) works on each item of Range, but also needs what exists only when Range has ended: take the items from a second source node.',
    ]);
  });

  test('two that wait for the end of each other', () => {
    const waits = graph(
      {
        a: 'stream/range@1',
        b: 'stream/range@1',
        meanA: 'stream/mean@1',
        mb: 'stream/mean@1',
        x: 'math/add@1',
        y: 'math/add@1',
      },
      [
        'a.value → ma.value',
        'b.value → mb.value',
        'a.value → x.a',
        'mb.mean → x.b',
        'b.value → y.a',
        'ma.mean → y.b',
      ].map((wire) => wire.replaceAll('ma.', 'meana.')),
    );
    const nodes = waits.nodes.map((node) => (node.id === 'meanA' ? { ...node, id: 'meana' } : node));
    expect(messages({ ...waits, nodes }).map((message) => message.slice(0, 13))).toEqual(['E_STREAM_WAIT']);
  });

  test('but one stream may wait for the end of another', () => {
    const waits = graph({ a: 'stream/range@1', b: 'stream/range@1', mean: 'stream/mean@1', minus: 'math/add@1' }, [
      'a.value → mean.value',
      'b.value → minus.a',
      'mean.mean → minus.b',
    ]);
    expect(streams(waits)).toEqual({ a: null, b: null, mean: 'a', minus: 'b' });
  });

  test('and nodes of one stream may be ordered item by item', () => {
    const ordered = graph(
      { range: 'stream/range@1', a: 'math/add@1', b: 'math/add@1' },
      ['range.value → a.a', 'range.value → b.a'],
      { after: ['a → b'] },
    );
    expect(streams(ordered)).toEqual({ range: null, a: 'range', b: 'range' });
  });

  test('while waiting for the source itself is waiting for the end of the stream', () => {
    const ordered = graph({ range: 'stream/range@1', a: 'math/add@1' }, ['range.value → a.a'], {
      after: ['range → a'],
    });
    expect(messages(ordered).map((message) => message.slice(0, 13))).toEqual(['E_STREAM_WAIT']);
  });
});
