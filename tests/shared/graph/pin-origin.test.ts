import { describe, expect, test } from 'vitest';
import type { Graph, GraphBody } from '../../../src/shared/graph/document.ts';
import { type PinOrigin, pinOrigins } from '../../../src/shared/graph/pin-origin.ts';
import { body, catalogue, graph } from './fixtures/nodes.ts';

const input = (name: string) => ({ type: 'io/input@1', params: { name, type: 'number' } });

const increment: GraphBody = body(
  { x: input('x'), one: { type: 'math/add@1', params: { b: 1 } }, y: { type: 'io/output@1', params: { name: 'y' } } },
  ['x.value → one.a', 'one.sum → y.value'],
);
const graphs = { increment };

/** `pin` is `in` or `out`, the node and the pin: `in more.x`. */
function originOf(pin: string, of: Graph): PinOrigin | null {
  const [, side, node, name] = /^(in|out) (.+)\.(.+)$/.exec(pin) ?? [];
  return pinOrigins(of, catalogue)({ node, side: side === 'in' ? 'input' : 'output', pin: name });
}

describe('the origin of', () => {
  const nested = graph(
    { start: { type: 'math/add@1', params: { a: 5 } }, more: 'graph/increment', end: 'math/need@1' },
    ['start.sum → more.x', 'more.y → end.value'],
    { graphs },
  );

  test('an output of a node that runs is itself', () => {
    expect(originOf('out start.sum', nested)).toEqual({ from: 'output', node: 'start', pin: 'sum' });
  });

  test('an output of a graph used as a node is the inner output behind it', () => {
    const inner = { from: 'output', node: 'more/one', pin: 'sum' };
    expect(originOf('out more.y', nested)).toEqual(inner);
    expect(originOf('in more/y.value', nested)).toEqual(inner);
    expect(originOf('in end.value', nested)).toEqual(inner);
  });

  test('an input of a graph used as a node is the outer output before it, inside too', () => {
    const outer = { from: 'output', node: 'start', pin: 'sum' };
    expect(originOf('in more.x', nested)).toEqual(outer);
    expect(originOf('out more/x.value', nested)).toEqual(outer);
  });

  test('a pin of a bypassed node is what stands in for it', () => {
    const bypassed = graph(
      {
        start: { type: 'math/add@1', params: { a: 5 } },
        off: { type: 'math/add@1', bypass: true },
        end: 'math/need@1',
      },
      ['start.sum → off.a', 'off.sum → end.value'],
    );
    const start = { from: 'output', node: 'start', pin: 'sum' };
    expect(originOf('out off.sum', bypassed)).toEqual(start);
    expect(originOf('in off.a', bypassed)).toEqual(start);
  });

  test('an input without a wire is its literal', () => {
    const set = graph({ inc: { type: 'graph/increment', params: { x: 41 } } }, [], { graphs });
    expect(originOf('in inc.x', set)).toEqual({ from: 'literal', value: 41 });
  });

  test('an input with neither wire nor value is nothing', () => {
    expect(originOf('in end.value', graph({ end: 'math/need@1' }, []))).toEqual({ from: 'nothing' });
  });

  test('a pin that is not there is null', () => {
    expect(originOf('out start.difference', nested)).toBeNull();
    expect(originOf('out nobody.sum', nested)).toBeNull();
  });
});
