import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkGraph } from '../../../src/shared/graph/check.ts';
import type { Graph } from '../../../src/shared/graph/document.ts';
import { describePinType } from '../../../src/shared/types/pin-type-text.ts';
import { catalogue, graph, types } from './fixtures/nodes.ts';

const check = (checked: Graph, options: CheckOptions = {}) => checkGraph(checked, catalogue, { types, ...options });

/** `CODE node.pin: sentence` */
function problems(checked: Graph, options: CheckOptions = {}): string[] {
  return check(checked, options).problems.map(({ code, node, pin, message }) => {
    return `${code} ${[node, pin].filter((part) => part !== undefined).join('.')}: ${message}`;
  });
}

const detection = (size: number) =>
  graph(
    {
      read: { type: 'image/read@1', params: { path: 'bus.jpg' } },
      box: { type: 'image/letterbox@1', params: { width: size, height: size } },
      normalize: 'tensor/normalize@1',
      detect: 'detect/detect@1',
    },
    ['read.image → box.image', 'box.image → normalize.image', 'normalize.tensor → detect.tensor'],
  );

describe('a graph without mistakes', () => {
  test('comes out in topological order with sources, types and policies', () => {
    const checked = check(
      graph(
        {
          c: { type: 'math/add@1', policy: { attempts: 3, onError: 'skip' }, ui: { title: 'Last' } },
          a: { type: 'math/add@1', params: { a: 1 } },
          b: { type: 'math/add@1', params: { b: 5 } },
        },
        ['a.sum → b.a', 'b.sum → c.a', 'a.sum → c.b'],
        { after: ['a → c'] },
      ),
    );
    expect(checked.problems).toEqual([]);
    expect(checked.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const [a, b, c] = checked.nodes;
    expect(a.inputs).toEqual([
      { from: 'literal', value: 1 },
      { from: 'literal', value: 0 },
    ]);
    expect(b.inputs).toEqual([
      { from: 'wire', node: 0, output: 0, conversion: null, check: null },
      { from: 'literal', value: 5 },
    ]);
    expect(c).toMatchObject({ title: 'Last', after: [0], stream: -1, policy: { attempts: 3, onError: 'skip' } });
    expect(a).toMatchObject({ title: 'Add', after: [], policy: {}, outputTypes: [{ kind: 'number' }] });
  });

  test('has its shapes known before it runs', () => {
    const { nodes, problems } = check(detection(640));
    expect(problems).toEqual([]);
    expect(nodes.map(({ outputTypes }) => outputTypes.map(describePinType).join(', '))).toEqual([
      'image, integer',
      'image 640×640×?, number',
      'float32[1,3,640,640]',
      'detections',
    ]);
  });

  test('may have a chain of 100,000 nodes', () => {
    const count = 100_000;
    const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}`, type: 'math/add@1' })).reverse();
    const wires = Array.from({ length: count - 1 }, (_, index) => ({ from: `n${index}.sum`, to: `n${index + 1}.a` }));
    const checked = check({ weft: 1, nodes, wires });
    expect(checked.problems).toEqual([]);
    expect(checked.nodes.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => `n${index}`));
  });
});

describe('a graph with mistakes', () => {
  test('has all of ten reported at once, each with a sentence that says what to do', () => {
    const mistakes = graph(
      {
        twice: 'math/add@1',
        unknown: 'image/leterbox@1',
        'Bad Id': 'math/add@1',
        params: { type: 'math/add@1', params: { c: 1 } },
        range: { type: 'image/letterbox@1', params: { width: 0 } },
        literal: { type: 'math/add@1', params: { a: 'one' } },
        required: 'math/need@1',
        types: 'text/show@1',
        occupied: 'math/add@1',
        policy: { type: 'math/add@1', policy: { attempts: 50 } },
        circle: 'math/add@1',
        read: { type: 'image/read@1', params: { path: 'a.png' } },
      },
      [
        'read.image → range.image',
        'read.image → types.text',
        'params.sum → occupied.a',
        'literal.sum → occupied.a',
        'gone.sum → occupied.b',
        'read.picture → params.a',
        'circle.sum → circle.a',
        'params.sum → circle.x.y',
        'params.sum → policy',
      ],
      { after: ['nobody → read'] },
    );
    const again = { id: 'twice', type: 'math/add@1' };
    expect(problems({ ...mistakes, nodes: [...mistakes.nodes, again] }, { inputs: { size: 3 } })).toEqual([
      'E_GRAPH_INVALID Bad Id: The node id "Bad Id" has the wrong form: use small letters, digits, _ and -, beginning with a letter.',
      'E_NODE_DUPLICATE twice: Several nodes have the id "twice": rename all but one of them.',
      'E_NODE_UNKNOWN unknown: The node type "image/leterbox@1" of unknown is not installed: did you mean image/letterbox@1?',
      'E_PARAM_UNKNOWN params.c: Add (params) has no input "c", only a and b: did you mean "a"?',
      'E_POLICY policy: The policy of Add (policy) is out of range: attempts must be a whole number from 1 to 10, not 50.',
      'E_PIN_OCCUPIED occupied.a: Two wires end at "a" of Add (occupied): remove one of them.',
      'E_WIRE_NODE : A wire begins at "gone", but no node has this id: remove it or correct the id.',
      'E_PIN_UNKNOWN read.picture: Read has no output "picture", only image and width: use one of these.',
      'E_GRAPH_INVALID : A wire ends at "circle.x.y", which has the wrong form: write the node\'s id, a dot and the pin.',
      'E_GRAPH_INVALID : The wire from "params.sum" to "policy" names a pin at one end only: name one at both ends, or at neither.',
      'E_WIRE_NODE : An "after" begins at "nobody", but no node has this id: remove it or correct the id.',
      'E_CYCLE circle: Nodes wait for each other in a circle, circle → circle: remove one of these wires.',
      'E_PIN_TYPE literal.a: "a" of Add (literal) must be a number, not "one".',
      'E_PIN_REQUIRED required.value: Need needs a number for "value": wire it or set it.',
      'E_PIN_RANGE range.width: "width" of Letterbox must be from 1 to 16384, not 0.',
      'E_PIN_TYPE types.text: Show needs a string, but Read gives image: wire another output, or convert it with a node in between.',
      'E_INPUT_UNKNOWN : The graph has no input "size", nor any other: leave it out.',
    ]);
  });

  test('says which value to set where shapes differ', () => {
    expect(problems(detection(320))).toEqual([
      'E_PIN_TYPE detect.tensor: Detect needs a float32[1,3,640,640] tensor, but Normalize gives float32[1,3,320,320]: set Letterbox to 640.',
    ]);
  });

  test('says so for a single dimension, for a default, and for an input of the graph', () => {
    const narrow = detection(640);
    const nodes = narrow.nodes.map((node) => (node.id === 'box' ? { ...node, params: { width: 320 } } : node));
    expect(problems({ ...narrow, nodes })[0]).toContain('gives float32[1,3,640,320]: set width of Letterbox to 640.');

    const input = { id: 'size', type: 'io/input@1', params: { name: 'size', type: 'integer', default: 320 } };
    const wires = [...(narrow.wires ?? []), { from: 'size.value', to: 'box.width' }];
    const wired = { ...narrow, nodes: [...nodes, input], wires };
    expect(problems(wired)[0]).toContain('set the graph input "size" to 640.');
    expect(problems(wired, { inputs: { size: 640 } })).toEqual([]);
  });

  test('gives no advice that the pin would not take', () => {
    const huge = graph(
      { read: { type: 'image/read@1', params: { path: 'a' } }, box: 'image/letterbox@1', need: 'image/wide@1' },
      ['read.image → box.image', 'box.image → need.image'],
    );
    const wide = {
      ...catalogueEntry('list/first@1'),
      id: 'image/wide@1',
      title: 'Wide',
      inputs: [{ name: 'image', type: { kind: 'image', width: 20000, height: null, channels: null } as const }],
    };
    const { problems } = checkGraph(huge, (id) => (id === 'image/wide@1' ? wide : catalogue(id)));
    expect(problems.map(({ message }) => message)).toEqual([
      'Wide needs an image 20000×?×?, but Letterbox gives image 640×640×?: change the size before this wire.',
    ]);
  });

  test('is not blamed twice: what hangs on an unknown node or a broken wire has no problems of its own', () => {
    const hanging = graph(
      { unknown: { type: 'no/such@1', params: { anything: [1] } }, need: 'math/need@1', show: 'text/show@1' },
      ['unknown.a → need.value', 'need.value → show.text', 'unknown → need'],
    );
    expect(problems(hanging)).toEqual([
      'E_NODE_UNKNOWN unknown: The node type "no/such@1" of unknown is not installed: install the package that has it, or replace the node.',
    ]);
  });

  test('names every circle, with its path, and nothing that only hangs on one', () => {
    const circles = graph(
      { a: 'math/add@1', b: 'math/add@1', c: 'math/add@1', d: 'math/add@1', e: 'math/add@1', f: 'math/need@1' },
      ['a.sum → b.a', 'b.sum → c.a', 'c.sum → a.a', 'd.sum → e.a', 'e.sum → f.value'],
      { after: ['e → d'] },
    );
    expect(problems(circles)).toEqual([
      'E_CYCLE a: Nodes wait for each other in a circle, a → b → c → a: remove one of these wires.',
      'E_CYCLE d: Nodes wait for each other in a circle, d → e → d: remove one of these wires.',
    ]);
  });

  test('keeps the order true even then', () => {
    const { nodes } = check(graph({ a: 'math/add@1', b: 'math/add@1' }, ['a.sum → b.a', 'b.sum → a.a']));
    nodes.forEach(({ inputs }, index) => {
      for (const input of inputs) if (input.from === 'wire') expect(input.node).toBeLessThan(index);
    });
  });

  test('with a circle of 100,000 nodes has it found', () => {
    const count = 100_000;
    const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}`, type: 'math/add@1' }));
    const wires = nodes.map(({ id }, index) => ({ from: `${id}.sum`, to: `n${(index + 1) % count}.a` }));
    const checked = check({ weft: 1, nodes, wires });
    expect(checked.problems.map(({ code }) => code)).toEqual(['E_CYCLE']);
  });

  test.each([
    [{ wait: -1 }, 'wait must be a number of seconds from 0, not -1'],
    [{ backoff: 0.5 }, 'backoff must be a factor from 1, not 0.5'],
    [{ timeout: 0 }, 'timeout must be a number of seconds above 0, not 0'],
    [{ onError: 'ignore' }, 'onError must be "stop" or "skip", not "ignore"'],
    [{ retryOn: ['E_NETWORK', 'E_NONE'] }, 'retryOn must be a list of error codes, not a list'],
    [{ keep: 1 }, 'keep must be true or false, not 1'],
    [{ attempts: 2.5 }, 'attempts must be a whole number from 1 to 10, not 2.5'],
  ])('has the policy %j refused', (policy, fault) => {
    const node = { type: 'math/add@1', policy: policy as never };
    expect(problems(graph({ node }))).toEqual([`E_POLICY node: The policy of Add is out of range: ${fault}.`]);
  });

  test('may have a policy with keys of some other program', () => {
    const policy = { attempts: 2, theirs: { x: 1 } } as never;
    expect(problems(graph({ node: { type: 'math/add@1', policy } }))).toEqual([]);
  });
});

describe("a graph's inputs and outputs", () => {
  const conf = { type: 'io/input@1', params: { name: 'conf', type: 'number', default: 0.25 } };
  const picture = { type: 'io/input@1', params: { name: 'picture', type: 'path' } };
  const out = { type: 'io/output@1', params: { name: 'sum' } };
  const whole = graph({ conf, picture, read: 'image/read@1', add: 'math/add@1', out }, [
    'picture.value → read.path',
    'conf.value → add.a',
    'add.sum → out.value',
  ]);

  test('are listed with their types and defaults, in the order of the file', () => {
    const { inputs, outputs, nodes } = check(whole);
    expect(inputs).toEqual([
      { name: 'conf', node: 0, type: { kind: 'number' }, default: 0.25 },
      { name: 'picture', node: 1, type: { kind: 'path' } },
    ]);
    expect(outputs).toEqual([
      { name: 'sum', node: nodes.findIndex(({ id }) => id === 'out'), type: { kind: 'number' } },
    ]);
  });

  test('take what is set in place of their default', () => {
    const { nodes, problems } = check(whole, { inputs: { conf: 0.5, picture: 'x.png' } });
    expect(problems).toEqual([]);
    expect(nodes[0].inputs[2]).toEqual({ from: 'literal', value: 0.5 });
    expect(nodes[1].inputs[2]).toEqual({ from: 'literal', value: 'x.png' });
  });

  test('need a value for a run, but not for being looked at', () => {
    expect(problems(whole)).toEqual([]);
    expect(problems(whole, { inputs: {} })).toEqual([
      'E_PIN_REQUIRED picture.default: The graph input "picture" has no value: set it for the run, or give it a default.',
    ]);
  });

  test('have the names that are set checked', () => {
    expect(problems(whole, { inputs: { picture: 'x', cnof: 1 } })).toEqual([
      'E_INPUT_UNKNOWN : The graph has no input "cnof", only conf and picture: use one of its inputs.',
    ]);
  });

  test('have what is set checked against their type', () => {
    expect(problems(whole, { inputs: { conf: 'high', picture: 3 } })).toEqual([
      'E_PIN_TYPE conf.default: The graph input "conf" must be a number, not "high".',
      'E_PIN_TYPE picture.default: The graph input "picture" must be the path of a file or folder, not 3.',
    ]);
  });

  test('carry a value that is checked against the range of the pin it reaches', () => {
    const ranged = graph(
      {
        conf,
        box: 'detect/detect@1',
        read: { type: 'image/read@1', params: { path: 'a' } },
        n: 'tensor/normalize@1',
        l: 'image/letterbox@1',
      },
      ['conf.value → box.conf', 'read.image → l.image', 'l.image → n.image', 'n.tensor → box.tensor'],
    );
    expect(problems(ranged, { inputs: { conf: 5 } })).toEqual([
      'E_PIN_RANGE box.conf: "conf" of Detect must be from 0 to 1, not 5.',
    ]);
  });

  test('have types that are understood and names of their own', () => {
    const odd = { type: 'io/input@1', params: { name: 'conf', type: 'nubmer' } };
    expect(problems(graph({ conf, odd }))).toEqual([
      'E_GRAPH_INVALID odd.name: Two inputs of the graph are called "conf": rename one of them.',
      expect.stringMatching(
        /^E_PIN_TYPE odd.type: The type of the graph input "conf" is not understood, for "nubmer" is no type; types are number,/,
      ),
    ]);
  });

  test('have a name', () => {
    const nameless = { type: 'io/input@1', params: { name: '', default: 1 } };
    expect(problems(graph({ nameless, none: { type: 'io/output@1', params: { value: 1 } } }))).toEqual([
      'E_GRAPH_INVALID nameless.name: The name of nameless is empty: give it one.',
      'E_PIN_REQUIRED none.name: Graph output needs a string for "name": set it.',
    ]);
  });

  test('are written in their nodes, not wired', () => {
    const wired = graph({ conf, show: { type: 'text/show@1', params: { text: 'x' } } }, ['show.text → conf.name']);
    expect(problems(wired)).toEqual([
      'E_GRAPH_INVALID conf.name: "name" of Graph input is written in the node and cannot be wired: remove the wire.',
    ]);
  });

  test('that are a path tell the model it leads to', () => {
    const model = { inputs: [], outputs: [{ name: 'y', dtype: 'float32', shape: [1, 10] }] } as const;
    const modelSignature = (path: string) => (path === 'm.onnx' ? model : undefined);
    const load = {
      ...catalogueEntry('image/read@1'),
      id: 'model/load@1',
      outputs: [{ name: 'model', type: { kind: 'model-file', pin: 'path' } as const }],
    };
    const loads = graph({ picture, load: 'model/load@1' }, ['picture.value → load.path']);
    const { nodes } = checkGraph(loads, (id) => (id === 'model/load@1' ? load : catalogue(id)), {
      inputs: { picture: 'm.onnx' },
      modelSignature,
    });
    expect(nodes[1].outputTypes).toEqual([{ kind: 'model', signature: model }]);
  });
});

function catalogueEntry(id: string) {
  const signature = catalogue(id);
  if (signature === undefined) throw new Error(`no ${id}`);
  return signature;
}
