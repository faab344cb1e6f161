import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Registry } from '../../../../src/main/registry/registry.ts';
import { checkGraph } from '../../../../src/shared/graph/check.ts';
import type { Graph } from '../../../../src/shared/graph/document.ts';
import { importWfEngine } from '../../../../src/shared/graph/import/wf-engine.ts';
import { parseGraph } from '../../../../src/shared/graph/parse.ts';
import { writeGraph } from '../../../../src/shared/graph/write.ts';
import type { JsonValue } from '../../../../src/shared/node-api/pins.ts';

let cache: string;
let registry: Registry;

beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'weft-import-'));
  registry = await Registry.open({ folders: [], cache });
});

afterAll(() => rmSync(cache, { recursive: true, force: true }));

const installed = (type: string) => registry.signature(type);

function imported(workflow: object | string) {
  const text = typeof workflow === 'string' ? workflow : JSON.stringify(workflow);
  const result = importWfEngine(text, installed);
  if (result.kind === 'refused') throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result;
}

function refused(workflow: object | string) {
  const text = typeof workflow === 'string' ? workflow : JSON.stringify(workflow);
  const result = importWfEngine(text, installed);
  return result.kind === 'refused' ? result.problems : [];
}

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');

interface NodeParts {
  readonly inputs?: object;
  readonly dependencies?: readonly string[];
  readonly [key: string]: unknown;
}

function step(id: string, name: string, parts: NodeParts = {}) {
  return { id, function: `workflow_nodes.some.module.${name}`, ...parts };
}

const wiresOf = ({ wires = [] }: Graph) => wires.map(({ from, to }) => `${from} → ${to}`);
const afterOf = ({ after = [] }: Graph) => after.map(({ from, to }) => `${from} → ${to}`);
const typesOf = ({ nodes }: Graph) => Object.fromEntries(nodes.map(({ id, type }) => [id, type]));
const paramsOf = ({ nodes }: Graph, id: string) => nodes.find((node) => node.id === id)?.params ?? {};

describe('the workflows that wf-engine ships', () => {
  test.each(['live-detection', 'mp4-detection', 'parallel-backends'])(
    '%s has no placeholder, and nothing is wrong with its graph',
    (name) => {
      const { graph, placeholders } = imported(fixture(name));
      expect(placeholders).toEqual([]);
      expect(checkGraph(graph, installed).problems).toEqual([]);
    },
  );

  test('the parallel one prepares the picture once and measures each backend with it', () => {
    const { graph, placeholders } = imported(fixture('parallel-backends'));
    expect(placeholders).toEqual([]);
    const wires = wiresOf(graph);
    const chain = [
      'photo.image → fit.image',
      'fit.image → scale_values.image',
      'scale_values.tensor → planes.tensor',
      'planes.tensor → batch.tensor',
    ];
    expect(wires).toEqual(expect.arrayContaining(chain));
    for (const [name, backend, input] of [
      ['cpu', 'cpu', 'cpu'],
      ['gpu', 'directml', 'directml'],
      ['npu', 'npu', 'npu'],
    ]) {
      expect(paramsOf(graph, `${name}_speed`)).toEqual({ backend, iterations: 5, warmUp: 1 });
      expect(wires).toEqual(
        expect.arrayContaining([
          `weights.path → ${name}_speed.path`,
          `batch.tensor → ${name}_speed.input`,
          `${name}_speed.outputs → ${name}_boxes.outputs`,
          `fit.space → ${name}_boxes.space`,
          `${name}_sure.detections → ${name}_single.detections`,
          `${name}_placed.detections → ${name}_told.detections`,
          `${name}_speed.benchmark → ranking.${input}`,
        ]),
      );
    }
    // A session is only a part of what is measured, and boxes have their corners already.
    expect(Object.keys(typesOf(graph)).filter((id) => /session|corners|to_rgb/.test(id))).toEqual([]);
    expect(afterOf(graph)).toEqual(['cards → gpu_speed']);
    const outputs = graph.nodes.filter(({ type }) => type === 'io/output@1').map(({ params }) => params?.name);
    expect(outputs).toEqual(expect.arrayContaining(['cpu_told', 'ranking_table', 'ranking_text']));
  });

  test('a loop over a camera becomes the granular graph with the same parameters', () => {
    const { graph } = imported(fixture('live-detection'));
    expect(typesOf(graph)).toMatchObject({
      watch_source: 'video/camera@1',
      watch_prepare: 'detect/prepare@1',
      watch_infer: 'model/infer@1',
      watch_decode: 'detect/decode@1',
      watch_nms: 'detect/nms@1',
      watch_draw: 'image/draw-detections@1',
      watch_write: 'video/write@1',
    });
    expect(typesOf(graph)).not.toHaveProperty('camera');
    expect(paramsOf(graph, 'watch_source')).toEqual({ device: '0' });
    expect(paramsOf(graph, 'watch_filter')).toEqual({ confidence: 0.3 });
    expect(paramsOf(graph, 'watch_nms')).toEqual({ iou: 0.5 });
    expect(paramsOf(graph, 'watch_record')).toEqual({ condition: false });
    expect(paramsOf(graph, 'watch_write')).toEqual({ path: 'seen.mp4' });
    expect(wiresOf(graph)).toContain('gpu_session.model → watch_infer.model');
    expect(afterOf(graph)).toEqual(['cards → gpu_session']);
  });

  test('a loop over a file reads it, for as long as it is told, and loads its own model', () => {
    const { graph } = imported(fixture('mp4-detection'));
    expect(typesOf(graph).detect_source).toBe('video/read@1');
    expect(paramsOf(graph, 'detect_source')).toEqual({ path: 'films/street.mp4', end: 20 });
    expect(paramsOf(graph, 'detect_record')).toEqual({ condition: true });
    expect(wiresOf(graph)).toEqual(
      expect.arrayContaining(['weights.path → detect_load.path', 'detect_load.model → detect_infer.model']),
    );
  });

  test('the older parallel one, whose functions do everything at once, has no placeholder either', () => {
    const on = (backend: string) => [
      step(`${backend}_model`, `load_${backend}_model_node`, { inputs: { model_path: 'm.onnx' } }),
      step(`${backend}_run`, `${backend}_inference_node`, {
        inputs: { confidence_threshold: 0.5, iterations: 50 },
        depends_on: ['picture', `${backend}_model`],
      }),
    ];
    const nodes = [
      step('picture', 'load_image_node', { inputs: { image_path: 'p.jpg' } }),
      ...on('cpu'),
      ...on('directml'),
      step('compare', 'performance_stats_node', {
        inputs: { cpu_result: '$cpu_run', directml_result: '$directml_run' },
      }),
    ];
    const { graph, placeholders } = imported({ workflow: {}, nodes });
    expect(placeholders).toEqual([]);
    expect(checkGraph(graph, installed).problems).toEqual([]);
    expect(paramsOf(graph, 'directml_run')).toEqual({ path: 'm.onnx', backend: 'directml', iterations: 50 });
    expect(paramsOf(graph, 'cpu_run_filter')).toEqual({ confidence: 0.5 });
    expect(wiresOf(graph)).toEqual(
      expect.arrayContaining(['picture.image → cpu_run_fit.image', 'cpu_run.benchmark → compare.cpu']),
    );
  });
});

describe('what a parameter gets', () => {
  const reads = (...ids: string[]) => ids.map((id) => step(id, 'read_image', { inputs: { image_path: `${id}.png` } }));

  test('is the result of the same name of a dependency', () => {
    const { graph } = imported({
      nodes: [...reads('a'), step('b', 'resize_image_letterbox', { dependencies: ['a'] })],
    });
    expect(wiresOf(graph)).toContain('a.image → b.image');
    expect(graph.after).toBeUndefined();
  });

  test('is that of the first listed of several, and the others only come before', () => {
    const nodes = [...reads('a', 'c'), step('b', 'resize_image_letterbox', { dependencies: ['c', 'a'] })];
    const { graph } = imported({ nodes });
    expect(wiresOf(graph).filter((wire) => wire.endsWith('b.image'))).toEqual(['c.image → b.image']);
    expect(afterOf(graph)).toEqual(['a → b']);
  });

  test('is what is written, whatever the dependencies give', () => {
    const written = { image: '$c.image' };
    const nodes = [...reads('a', 'c'), step('b', 'resize_image_letterbox', { inputs: written, depends_on: ['a'] })];
    expect(wiresOf(imported({ nodes }).graph)).toContain('c.image → b.image');
  });

  test('is the literal, by the name and in the form that Weft has for it', () => {
    const inputs = { target_width: 320, target_height: 240, padding_color: [0, 0, 0] };
    const normal = { scale: 1, mean: 127, std: [128, 128, 128] };
    const { graph } = imported({
      nodes: [
        ...reads('a'),
        step('b', 'resize_image_letterbox', { inputs, dependencies: ['a'] }),
        step('c', 'normalize_image', { inputs: normal, dependencies: ['b'] }),
        step('d', 'normalize_image', { inputs: { mean: null, std: null }, dependencies: ['b'] }),
      ],
    });
    expect(paramsOf(graph, 'b')).toEqual({ width: 320, height: 240, padding: 0 });
    expect(paramsOf(graph, 'c')).toEqual({ scale: 1, mean: [127], std: [128, 128, 128] });
    expect(paramsOf(graph, 'd')).toEqual({});
  });

  test('is wired past a function whose work Weft does elsewhere', () => {
    const { graph, notes } = imported({
      nodes: [
        ...reads('a'),
        step('rgb', 'bgr_to_rgb', { dependencies: ['a'] }),
        step('b', 'get_image_shape', { dependencies: ['rgb'] }),
      ],
    });
    expect(wiresOf(graph)).toContain('a.image → b.image');
    expect(typesOf(graph)).not.toHaveProperty('rgb');
    expect(notes).toContain('"rgb" is left out, for pictures are RGB in Weft.');
  });

  test('of the parts of detections is the one value that Weft has for them', () => {
    const { graph } = imported({
      nodes: [
        step('found', 'decode_yolo_v8_output'),
        step('sure', 'filter_by_confidence', { dependencies: ['found'] }),
        // In wf-engine's first version this gave boxes only, and the rest came from the step before.
        step('corners', 'convert_cxcywh_to_xyxy', { dependencies: ['sure'] }),
        step('single', 'apply_nms', { inputs: { scores: '$sure.scores' }, dependencies: ['corners', 'sure'] }),
      ],
    });
    expect(wiresOf(graph)).toEqual([
      'found.detections → sure.detections',
      'sure.detections → single.detections',
      'single.detections → single_output.value',
    ]);
    expect(graph.after).toBeUndefined();
  });

  test('is the file that an earlier step downloads, where it is named by its path', () => {
    const session = { inputs: { model_path: './models\\yolov8s.onnx' } };
    const nodes = [
      step('get', 'download_model_node', { inputs: { model_name: 'yolov8s.onnx', models_dir: 'models' } }),
      step('after', 'create_onnx_cpu_session', { ...session, dependencies: ['get'] }),
      step('alone', 'create_onnx_cpu_session', session),
      step('one', 'get_onnx_model_info', { dependencies: ['after'] }),
      step('other', 'get_onnx_model_info', { dependencies: ['alone'] }),
    ];
    const { graph } = imported({ nodes });
    expect(wiresOf(graph)).toContain('get.path → after.path');
    expect(paramsOf(graph, 'get')).toEqual({ name: 'yolov8s' });
    expect(paramsOf(graph, 'alone')).toEqual({ backend: 'cpu', path: './models\\yolov8s.onnx' });
  });

  test('is the first, where two parameters are one pin in Weft', () => {
    const pictures = { image: '$a.image', frames: '$c.image' };
    const nodes = [...reads('a', 'c'), step('b', 'visualize_detections_node', { inputs: pictures })];
    const { graph } = imported({ nodes });
    expect(wiresOf(graph).filter((wire) => wire.endsWith('b.image'))).toEqual(['a.image → b.image']);
  });

  test('is never how a dependency ended, which may be referred to but has no value in Weft', () => {
    const mine = { id: 'mine', function: 'my.own', inputs: { how: '$a.status', why: '$a.error' } };
    const { graph, notes } = imported({ nodes: [...reads('a'), mine] });
    expect(afterOf(graph)).toEqual(['a → mine']);
    expect(notes.filter((note) => note.includes('is not wired'))).toHaveLength(2);
  });

  test('is told when Weft has no value for it', () => {
    const nodes = [
      step('found', 'decode_yolo_v8_output'),
      step('fit', 'resize_image_letterbox', { inputs: { target_width: '$found.num_detections' } }),
    ];
    expect(imported({ nodes }).notes).toContain(
      '"target_width" of "fit" is not wired, for Weft has no value for what it takes.',
    );
  });
});

describe('a dependency without data', () => {
  test('is one in time, also past steps that are left out', () => {
    const { graph } = imported({
      nodes: [
        step('cards', 'detect_gpus'),
        step('get', 'download_model'),
        step('session', 'create_onnx_cuda_session', {
          inputs: { model_path: 'm.onnx' },
          dependencies: ['cards', 'get'],
        }),
        step('speed', 'run_onnx_inference_benchmark', { dependencies: ['session'] }),
      ],
    });
    expect(typesOf(graph)).not.toHaveProperty('session');
    expect(afterOf(graph)).toEqual(['cards → speed', 'get → speed']);
  });

  test('is not written down where data comes that way anyhow', () => {
    const { graph } = imported({
      nodes: [
        step('a', 'read_image', { inputs: { image_path: 'a.png' } }),
        step('b', 'resize_image_letterbox', { dependencies: ['a'] }),
        step('c', 'get_image_shape', { dependencies: ['b', 'a'] }),
      ],
    });
    expect(graph.after).toBeUndefined();
  });
});

describe('a function that Weft does not have', () => {
  const original = {
    id: 'mine',
    function: 'my.own.thing_node',
    inputs: { b: [1, { z: 1, a: 2 }], picture: '$a.image', whole: '$a' },
    dependencies: ['a'],
    environment: { name: 'special', packages: ['x==1'] },
  };
  const nodes = [
    step('a', 'read_image', { inputs: { image_path: 'a.png' } }),
    original,
    step('c', 'resize_image_letterbox', { inputs: { image: '$mine.result' } }),
    step('d', 'get_image_shape', { dependencies: ['mine', 'c'] }),
  ];

  test('becomes a placeholder with its wires, and is listed', () => {
    const { graph, placeholders, notes } = imported({ nodes });
    expect(placeholders).toEqual([{ node: 'mine', of: 'my.own.thing_node' }]);
    expect(typesOf(graph).mine).toBe('wf-engine/thing_node@1');
    expect(wiresOf(graph)).toEqual(expect.arrayContaining(['a.image → mine.picture', 'mine.result → c.image']));
    expect(notes).toContain('"whole" of "mine" is not wired, for Weft has no value for what it takes.');
  });

  test('is kept value for value when the graph is written and read', () => {
    const { graph } = imported({ nodes });
    const parsed = parseGraph(writeGraph(graph));
    const kept = parsed.kind === 'ok' ? parsed.graph.nodes.find(({ id }) => id === 'mine') : undefined;
    expect(JSON.stringify((kept as unknown as Record<string, unknown>)['wf-engine'])).toBe(JSON.stringify(original));
    expect(kept?.params).toEqual({ b: [1, { z: 1, a: 2 }] });
  });
});

describe('the graph', () => {
  test('has the name and the description of the workflow', () => {
    const workflow = { name: 'N', description: 'D', version: '3', settings: { max_parallel_nodes: 4 } };
    const { graph, notes } = imported({ workflow, nodes: [] });
    expect(graph).toMatchObject({ weft: 1, name: 'N', description: 'D', nodes: [], wires: [] });
    expect(notes).toEqual(['Settings are left out, for a graph has none: max_parallel_nodes.']);
  });

  test('has ids that it allows, and those of the workflow as titles', () => {
    const ids = ['Read Image', 'read-image', '1st', 'ß', 'read-image_output'];
    const nodes = ids.map((id) => step(id, 'read_image', { inputs: { image_path: 'a.png' } }));
    const { graph } = imported({ nodes });
    const named = graph.nodes.filter(({ type }) => type === 'image/read@1').map(({ id, ui }) => [id, ui?.title]);
    expect(named).toEqual([
      ['read-image', 'Read Image'],
      ['read-image-2', 'read-image'],
      ['n-1st', '1st'],
      ['n-', 'ß'],
      ['read-image_output', undefined],
    ]);
    expect(checkGraph(graph, installed).problems).toEqual([]);
  });

  test('goes from left to right', () => {
    const { graph } = imported(fixture('parallel-backends'));
    const x = new Map(graph.nodes.map(({ id, ui }) => [id, ui?.at?.[0] ?? Number.NaN]));
    for (const { from, to } of graph.wires ?? []) {
      const [source, target] = [from, to].map((end) => x.get(end.slice(0, end.indexOf('.'))) ?? Number.NaN);
      expect(source).toBeLessThan(target);
    }
    expect(new Set(graph.nodes.map(({ ui }) => String(ui?.at))).size).toBe(graph.nodes.length);
  });

  test('says which paths now start elsewhere', () => {
    const read = (id: string, path: string) => step(id, 'read_image', { inputs: { image_path: path } });
    const nodes = [read('a', 'in/a.png'), read('b', '/in/b.png'), read('c', 'C:\\in\\c.png')];
    expect(imported({ nodes }).notes).toEqual(['Paths start from the folder of the graph: check in/a.png.']);
  });

  test('of a chain of thousands of steps is made', () => {
    const nodes = Array.from({ length: 5000 }, (_, index) =>
      step(`s${index}`, 'bgr_to_rgb', index === 0 ? {} : { dependencies: [`s${index - 1}`] }),
    );
    const read = step('read', 'read_image', { inputs: { image_path: 'a.png' } });
    const first = { ...nodes[0], dependencies: ['read'] };
    const last = step('last', 'get_image_shape', { dependencies: ['s4999'] });
    const { graph } = imported({ nodes: [read, first, ...nodes.slice(1), last] });
    expect(wiresOf(graph)).toContain('read.image → last.image');
  });
});

describe('a workflow with mistakes', () => {
  test('is refused with all of them, a sentence each', () => {
    const problems = refused(fixture('every-mistake'));
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'E_GRAPH_INVALID workflow.name',
      'E_GRAPH_INVALID workflow.settings',
      'E_GRAPH_INVALID nodes[2].function',
      'E_GRAPH_INVALID nodes[3].id',
      'E_GRAPH_INVALID nodes[11].dependencies',
      'E_GRAPH_INVALID nodes[12].inputs',
      'E_GRAPH_INVALID nodes[13].id',
      'E_GRAPH_INVALID nodes[13].function',
      'E_GRAPH_INVALID nodes[14]',
      'E_NODE_DUPLICATE nodes[1].id',
      'E_WIRE_NODE nodes[6]',
      'E_WIRE_NODE nodes[4].inputs.image',
      'E_PIN_UNKNOWN nodes[5].inputs.image',
      'E_PIN_UNKNOWN nodes[10].inputs.part',
      'E_CYCLE nodes[7]',
    ]);
    for (const { message } of problems) expect(message).toMatch(/^["A-Z].*: .*[.?]$/);
    const messages = problems.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        '"nodes[2].function" is missing: add it.',
        '"nodes[3].id" is missing: add it.',
        'Several nodes have the id "photo": rename all but one of them.',
        '"batch" waits for "plains", but no node has this id: did you mean "planes"?',
        '"fit" refers to "$foto.image", but no node has this id: correct the id.',
        'Nodes wait for each other in a circle, hen → egg → hen: remove one of these dependencies.',
      ]),
    );
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', '{ "nodes": [ }', /no JSON at line 1, column 14/],
    ['nothing', '', /no JSON/],
    ['a list', '[]', /no workflow of wf-engine/],
    ['another object', '{"a":1}', /no list "nodes"/],
    ['a Weft graph', '{"weft":1,"nodes":[]}', /a Weft graph already/],
  ])('is refused as a file when it is %s', (_what, text, sentence) => {
    expect(refused(text)).toEqual([
      expect.objectContaining({ code: 'E_GRAPH_PARSE', message: expect.stringMatching(sentence) }),
    ]);
  });

  test('may begin with a byte order mark', () => {
    expect(imported('\uFEFF{"nodes":[]}').graph.nodes).toEqual([]);
  });

  test.each(['$', '$.image', '$a.', '$a.image.left'])('is refused for the reference %j', (reference) => {
    const nodes = [
      step('a', 'read_image', { inputs: { image_path: 'a.png' } }),
      step('b', 'resize_image_letterbox', { inputs: { image: reference } }),
    ];
    expect(refused({ nodes }).map(({ node, pin }) => ({ node, pin: pin ?? 'image' }))).toEqual([
      { node: 'b', pin: 'image' },
    ]);
  });
});

describe('every function that seeds.md names', () => {
  const NAMES = [
    'read_image',
    'resize_image_letterbox',
    'normalize',
    'bgr_to_rgb',
    'hwc_to_chw',
    'add_batch_dimension',
    'get_image_shape',
    'save_image',
    'create_onnx_cpu_session',
    'create_onnx_directml_session',
    'create_onnx_cuda_session',
    'run_onnx_inference_single',
    'run_onnx_inference_benchmark',
    'get_onnx_model_info',
    'load_openvino_model',
    'run_openvino_inference',
    'decode_yolo_v8_output',
    'filter_by_confidence',
    'cxcywh_to_xyxy',
    'apply_nms',
    'scale_boxes_to_original',
    'format_detections_coco',
    'create_detection_summary',
    'performance_stats',
    'detect_gpus',
    'download_model',
    'open_video_capture',
    'read_video_frame',
    'display_frame',
    'visualize_detections',
    'granular_video_loop',
    'realtime_video_detection_node',
  ];

  test.each(NAMES)('%s has a counterpart, whose pins are there', async (name) => {
    const { functionOf } = await import('../../../../src/shared/graph/import/wf-engine/functions.ts');
    const known = functionOf(`a.b.${name}`);
    if (known === null) throw new Error(`${name} is not known.`);
    for (const source of ['0', 'film.mp4']) {
      const given = { literal: () => source as JsonValue, has: () => true, gets: () => false };
      const { nodes, wires = [], params, results, kinds = {}, fromBefore = [], outputs = [] } = known.into(given);
      const signatureFor = (local: string) => {
        const node = nodes.find((candidate) => candidate.name === (local.includes('.') ? local.split('.')[0] : ''));
        const signature = node && installed(node.type);
        if (signature === undefined) throw new Error(`${name} names the pin ${local} of a node that is not there.`);
        return signature;
      };
      const pinName = (local: string) => local.slice(local.indexOf('.') + 1);
      const inputs = [
        ...Object.values(params).flatMap((targets) =>
          typeof targets === 'string' ? [] : targets.map((target) => target.pin),
        ),
        ...nodes.flatMap((node) =>
          Object.keys(node.params ?? {}).map((param) => (node.name === '' ? param : `${node.name}.${param}`)),
        ),
        ...wires.map(([, to]) => to),
        ...fromBefore,
      ];
      for (const input of inputs) expect(signatureFor(input).inputs.map((each) => each.name)).toContain(pinName(input));
      const origins = [...Object.values(results), ...Object.values(kinds)];
      const pins = origins.flatMap((origin) => (origin !== null && 'pin' in origin ? origin.pin : []));
      for (const output of [...pins, ...wires.map(([from]) => from), ...outputs]) {
        expect(signatureFor(output).outputs.map((each) => each.name)).toContain(pinName(output));
      }
    }
  });
});
