import { describe, expect, test } from 'vitest';
import { addAfter } from '../../../../src/shared/graph/edit/add-after.ts';
import { addWiredNode } from '../../../../src/shared/graph/edit/add-wired-node.ts';
import { connect } from '../../../../src/shared/graph/edit/connect.ts';
import { cutWires } from '../../../../src/shared/graph/edit/cut-wires.ts';
import { deleteAndReconnect } from '../../../../src/shared/graph/edit/delete-and-reconnect.ts';
import { disconnect } from '../../../../src/shared/graph/edit/disconnect.ts';
import { disconnectPin } from '../../../../src/shared/graph/edit/disconnect-pin.ts';
import { keyOf } from '../../../../src/shared/graph/edit/element-key.ts';
import { insertOnWire } from '../../../../src/shared/graph/edit/insert-on-wire.ts';
import { moveWireEnd } from '../../../../src/shared/graph/edit/move-wire-end.ts';
import { PinTypes } from '../../../../src/shared/graph/edit/pin-types.ts';
import { addReroute, moveReroute, removeReroute } from '../../../../src/shared/graph/edit/reroute.ts';
import { describePinType } from '../../../../src/shared/types/pin-type-text.ts';
import { body, catalogue, graph } from '../fixtures/nodes.ts';
import { detection, draftOf, pin, types, wiresOf, wireTo } from './editing.ts';

const refusal = (reason: string) => ({ ok: false, reason });

describe('connecting', () => {
  const sums = graph({ a: 'math/add@1', b: 'math/add@1', c: 'math/add@1', show: 'text/show@1' }, [
    'a.sum → b.a',
    'b.sum → c.a',
  ]);

  test('draws a wire', () => {
    const draft = draftOf(sums);
    const outcome = connect(draft, types, pin('a.sum'), pin('b.b'));
    expect(wiresOf(draft.body)).toEqual(['a.sum → b.a', 'b.sum → c.a', 'a.sum → b.b']);
    expect(outcome).toMatchObject({ ok: true, replaced: false, wire: wireTo(draft, 'b.b') });
    expect(outcome).toMatchObject({ said: 'Connected sum of Add (a) to b of Add (b).' });
  });

  test('replaces the wire that the input has', () => {
    const draft = draftOf(sums);
    expect(connect(draft, types, pin('a.sum'), pin('c.a'))).toMatchObject({ ok: true, replaced: true });
    expect(wiresOf(draft.body)).toEqual(['a.sum → b.a', 'a.sum → c.a']);
  });

  test('does nothing where the wire is there already', () => {
    const draft = draftOf(sums);
    expect(connect(draft, types, pin('a.sum'), pin('b.a'))).toMatchObject({ ok: true, wire: wireTo(draft, 'b.a') });
    expect(draft.document.graph).toBe(sums);
  });

  test('moves the end of a wire to another input, in place of the wire that is there', () => {
    const draft = draftOf(sums);
    const outcome = moveWireEnd(draft, types, wireTo(draft, 'b.a'), pin('c.a'));
    expect(outcome).toMatchObject({ ok: true, replaced: true });
    expect(wiresOf(draft.body)).toEqual(['a.sum → c.a']);
  });

  test('leaves a wire whose end is moved to where it is, or cannot go', () => {
    const draft = draftOf(sums);
    const wire = wireTo(draft, 'b.a');
    expect(moveWireEnd(draft, types, wire, pin('b.a'))).toMatchObject({ ok: true, wire });
    expect(moveWireEnd(draft, types, wire, pin('a.a'))).toMatchObject({ ok: false });
    expect(moveWireEnd(draft, types, 'gone', pin('c.a'))).toMatchObject({ ok: false });
    expect(draft.document.graph).toBe(sums);
  });

  test.each([
    ['c.sum', 'a.a', 'Add (c) already waits for Add (a), so this wire would close a circle: wire it to another node.'],
    ['a.sum', 'a.b', 'A wire from Add (a) to itself would be a circle: wire it to another node.'],
    [
      'show.text',
      'a.a',
      'Add (a) needs a number, but Show gives string: wire another output, or convert it with a node in between.',
    ],
    ['a.nothing', 'b.b', 'Add (a) has no output "nothing": choose one that it has.'],
    ['a.sum', 'b.nothing', 'Add (b) has no input "nothing": choose one that it has.'],
    ['a.sum', 'gone.a', 'The graph has no node "gone": choose one that it has.'],
  ])('%s to %s is refused', (from, to, reason) => {
    const draft = draftOf(sums);
    expect(connect(draft, types, pin(from), pin(to))).toEqual(refusal(reason));
    expect(draft.document.graph).toBe(sums);
  });

  test('is refused by shapes that do not fit, with what to set', () => {
    const small = graph(
      {
        read: 'image/read@1',
        box: { type: 'image/letterbox@1', params: { width: 320, height: 320 } },
        normalize: 'tensor/normalize@1',
        detect: 'detect/detect@1',
      },
      ['read.image → box.image', 'box.image → normalize.image'],
    );
    const reason =
      'Detect needs a float32[1,3,640,640] tensor, but Normalize gives float32[1,3,320,320]: set Letterbox to 640.';
    expect(connect(draftOf(small), types, pin('normalize.tensor'), pin('detect.tensor'))).toEqual(refusal(reason));
  });

  test('is refused for a pin that is written in the node, and for nodes that are not installed', () => {
    const draft = draftOf(graph({ in: 'io/input@1', a: 'math/add@1', x: 'gone/gone@1' }));
    expect(connect(draft, types, pin('a.sum'), pin('in.default'))).toEqual(
      refusal('"default" of Graph input is written in the node: set it there instead of wiring it.'),
    );
    expect(connect(draft, types, pin('x.y'), pin('a.a'))).toEqual(
      refusal('The type of x is not installed, so its pins are not known: install it or replace the node.'),
    );
  });

  test('works in a graph used as a node', () => {
    const nested = graph({ g: 'graph/inner' }, [], { graphs: { inner: body({ a: 'math/add@1', b: 'math/add@1' }) } });
    const draft = draftOf(nested, 'inner');
    expect(connect(draft, types, pin('a.sum'), pin('b.a')).ok).toBe(true);
    expect(wiresOf(draft.document.graph.graphs?.inner ?? { nodes: [] })).toEqual(['a.sum → b.a']);
  });
});

describe('the types of pins', () => {
  test('are those that flow', () => {
    const pins = new PinTypes(detection, null, types);
    const shown = (type: ReturnType<PinTypes['output']>) => type && describePinType(type);
    expect(shown(pins.output(pin('normalize.tensor')))).toBe('float32[1,3,640,640]');
    expect(shown(pins.input(pin('box.width')))).toBe('integer');
    expect(pins.output(pin('box.gone'))).toBeUndefined();
  });

  test('are known behind bypassed nodes and graphs used as nodes', () => {
    const inner = body(
      {
        in: { type: 'io/input@1', params: { name: 'image', type: 'image' } },
        box: 'image/letterbox@1',
        out: { type: 'io/output@1', params: { name: 'fitted' } },
      },
      ['in.value → box.image', 'box.image → out.value'],
    );
    const document = graph(
      {
        read: 'image/read@1',
        g: 'graph/inner',
        pass: { type: 'image/letterbox@1', params: { width: 9 }, bypass: true },
      },
      ['read.image → g.image', 'g.fitted → pass.image'],
      { graphs: { inner } },
    );
    const pins = new PinTypes(document, null, types);
    const shown = ['g.fitted', 'pass.image'].map((end) => pins.output(pin(end)));
    expect(shown.map((type) => type && describePinType(type))).toEqual(['image 640×640×?', 'image 640×640×?']);
  });

  test('say which pins a dragged wire may go to, from either end', () => {
    const pins = new PinTypes(detection, null, types);
    const accepts = (from: string, to: string) => pins.verdict(pin(from), pin(to)).ok;
    expect(['read.path', 'normalize.image', 'detect.tensor'].map((to) => accepts('box.image', to))).toEqual([
      false,
      true,
      false,
    ]);
    expect(['read.image', 'normalize.tensor', 'read.width'].map((from) => accepts(from, 'detect.tensor'))).toEqual([
      false,
      true,
      false,
    ]);
    expect(['detect.detections', 'read.image'].map((from) => accepts(from, 'box.image'))).toEqual([false, true]);
  });
});

describe('adding a node to a pin', () => {
  test('wires the pin of the same name, or one that has to be wired', () => {
    const draft = draftOf(detection);
    const added = addWiredNode(draft, types, 'image/letterbox@1', [10.4, 20.6], {
      ...pin('read.image'),
      kind: 'output',
    });
    expect(added).toMatchObject({ ok: true, id: 'letterbox' });
    addWiredNode(draft, types, 'math/need@1', [0, 0], { ...pin('read.width'), kind: 'output' });
    addWiredNode(draft, types, 'image/read@1', [0, 0], { ...pin('letterbox.image'), kind: 'input' });
    expect(wiresOf(draft.body).slice(2)).toEqual([
      'normalize.tensor → detect.tensor',
      'read.width → need.value',
      'read-2.image → letterbox.image',
    ]);
  });

  test('is refused for a node without a fitting pin', () => {
    const draft = draftOf(detection);
    const outcome = addWiredNode(draft, types, 'detect/detect@1', [0, 0], { ...pin('read.image'), kind: 'output' });
    expect(outcome).toEqual(refusal('No pin of Detect (detect-2) fits "image" of Read: choose another node.'));
    expect(draft.document.graph).toBe(detection);
  });

  test('a list can be filtered before', () => {
    const pins = new PinTypes(detection, null, types);
    const fitting = (id: string) => pins.inputFor(pin('read.image'), catalogue(id) as never);
    expect(['image/pair@1', 'list/first@1', 'math/add@1', 'io/output@1'].map(fitting)).toEqual([
      'a',
      'list',
      undefined,
      'value',
    ]);
  });
});

describe('splicing a node into a wire', () => {
  const wired = graph({ read: 'image/read@1', pair: 'image/pair@1', box: 'image/letterbox@1', add: 'math/add@1' }, [
    'read.image → pair.b',
  ]);

  test('goes through its first free input and its first output that fits', () => {
    const draft = draftOf(wired);
    const outcome = insertOnWire(draft, types, wireTo(draft, 'pair.b'), 'box');
    expect(outcome).toEqual({ ok: true, said: 'Inserted Letterbox between Read and Pair.' });
    expect(wiresOf(draft.body)).toEqual(['read.image → box.image', 'box.image → pair.b']);
  });

  test('is refused where types do not fit, and leaves the wire', () => {
    const draft = draftOf(wired);
    const reason = 'No free input of Add takes "image" of Read: drop it on another wire.';
    expect(insertOnWire(draft, types, wireTo(draft, 'pair.b'), 'add')).toEqual(refusal(reason));
    expect(draft.document.graph).toBe(wired);
  });

  test('is refused where the output does not fit', () => {
    const document = graph({ read: 'image/read@1', pair: 'image/pair@1', norm: 'tensor/normalize@1' }, [
      'read.image → pair.a',
    ]);
    const draft = draftOf(document);
    const reason = 'No output of Normalize fits "a" of Pair: drop it on another wire.';
    expect(insertOnWire(draft, types, wireTo(draft, 'pair.a'), 'norm')).toEqual(refusal(reason));
    expect(draft.document.graph).toBe(document);
  });
});

describe('deleting and reconnecting', () => {
  test('joins what fed the nodes with what they fed', () => {
    const chain = graph(
      { read: 'image/read@1', one: 'image/letterbox@1', two: 'image/letterbox@1', end: 'image/pair@1' },
      ['read.image → one.image', 'one → two', 'two.image → end.a', 'one.image → end.b', 'one.scale → two.gone'],
    );
    const draft = draftOf(chain);
    const outcome = deleteAndReconnect(draft, types, new Set(['one', 'two']));
    expect(outcome).toEqual({ ok: true, reconnected: 2, said: 'Deleted 2 nodes. Reconnected 2 wires.' });
    expect(wiresOf(draft.body)).toEqual(['read.image → end.a', 'read.image → end.b']);
  });

  test('leaves apart what does not fit, and a circle', () => {
    const draft = draftOf(detection);
    expect(deleteAndReconnect(draft, types, new Set(['normalize']))).toMatchObject({ reconnected: 0 });
    const circle = graph({ a: 'math/need@1', b: 'math/need@1', c: 'math/need@1' }, [
      'a.value → b.value',
      'b.value → a.value',
      'b.value → c.value',
    ]);
    expect(deleteAndReconnect(draftOf(circle), types, new Set(['a', 'b']))).toMatchObject({ reconnected: 0 });
  });
});

describe('wires', () => {
  test('can be removed by their keys, or all of a pin', () => {
    const draft = draftOf(detection);
    expect(disconnect(draft, new Set([wireTo(draft, 'box.image')]))).toMatchObject({ removed: 1 });
    expect(disconnectPin(draft, { ...pin('normalize.tensor'), kind: 'output' })).toMatchObject({ removed: 1 });
    expect(wiresOf(draft.body)).toEqual(['box.image → normalize.image']);
    expect(disconnectPin(draft, { ...pin('box.image'), kind: 'input' })).toEqual(
      refusal('"image" of box has no wire: choose another pin.'),
    );
    expect(disconnect(draft, new Set())).toEqual(refusal('None of these wires is in the graph: select one that is.'));
  });

  test('have points that can be added, moved and removed, and keep their keys', () => {
    const draft = draftOf(detection);
    const wire = wireTo(draft, 'box.image');
    addReroute(draft, wire, 0, [10.2, 20]);
    addReroute(draft, wire, 0, [5, 5]);
    moveReroute(draft, wire, 1, [30, 30]);
    expect(draft.list('wires')[0].ui).toEqual({
      via: [
        [5, 5],
        [30, 30],
      ],
    });
    expect(wireTo(draft, 'box.image')).toBe(wire);
    removeReroute(draft, wire, 0);
    removeReroute(draft, wire, 0);
    expect(draft.list('wires')[0]).toEqual({ from: 'read.image', to: 'box.image' });
    expect(moveReroute(draft, 'gone', 0, [0, 0])).toEqual(
      refusal('The wire is not in the graph any more: choose another.'),
    );
  });

  test('are cut where a line crosses them', () => {
    const draft = draftOf(detection);
    const [first, second, third] = draft.list('wires').map(keyOf);
    const paths = new Map([
      [
        first,
        [
          [0, 0],
          [50, 0],
          [50, 100],
          [100, 100],
        ] as const,
      ],
      [
        second,
        [
          [0, 200],
          [100, 200],
        ] as const,
      ],
      [
        third,
        [
          [0, 50],
          [40, 50],
        ] as const,
      ],
    ]);
    expect(
      cutWires(
        draft,
        [
          [200, 0],
          [200, 300],
        ],
        paths,
      ),
    ).toEqual(refusal('The cut crosses no wire: draw it across one.'));
    expect(
      cutWires(
        draft,
        [
          [45, 60],
          [55, 60],
          [60, 300],
        ],
        paths,
      ),
    ).toMatchObject({ removed: 2 });
    expect(wiresOf(draft.body)).toEqual(['normalize.tensor → detect.tensor']);
  });

  test('without data order two nodes, once and not in a circle', () => {
    const draft = draftOf(detection);
    const first = addAfter(draft, 'read', 'detect');
    expect(addAfter(draft, 'read', 'detect')).toEqual(first);
    expect(draft.body.after).toEqual([{ from: 'read', to: 'detect' }]);
    expect(addAfter(draft, 'detect', 'read')).toEqual(refusal('detect already waits for read: choose another node.'));
    expect(addAfter(draft, 'read', 'read')).toEqual(refusal('read cannot wait for itself: choose another node.'));
    expect(addAfter(draft, 'read', 'gone')).toEqual(refusal('The graph has no node "gone": choose one that it has.'));
  });
});
