import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { EngineHost } from '../../src/main/engine/host.ts';
import type { Graph, GraphNode } from '../../src/shared/graph/document.ts';
import type { JsonValue } from '../../src/shared/node-api/pins.ts';

/** What a look at a pin has to say, computed apart from Weft's own statistics. */
export interface ExpectedLook {
  readonly dtype?: string;
  readonly depth?: string;
  readonly shape?: string;
  readonly count?: string;
  /** Bytes; null where they are no figure of the value itself. */
  readonly bytes: number | null;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  /** Written in the look. */
  readonly text?: string;
}

/** The values of a graph, by `node.pin` of its outputs, in the order of their items. */
export type PinValues = ReadonlyMap<string, readonly JsonValue[]>;

/**
 * Runs a graph without a window, with every output of every node led to an output of the graph, where it is exported:
 * tensors as .npy, pictures as PNG.
 * @param out folder for the files
 */
export async function valuesOf(graph: Graph, folder: string, out: string): Promise<PinValues> {
  const host = new EngineHost();
  try {
    const signatures = new Map((await host.nodes()).nodes.map((signature) => [signature.id, signature]));
    const pins = graph.nodes.flatMap(({ id, type }) =>
      (signatures.get(type)?.outputs ?? []).map(({ name }) => `${id}.${name}`),
    );
    const seen = pins.map(
      (_, k): GraphNode => ({ id: `seen-${k}`, type: 'io/output@1', params: { name: `seen${k}` } }),
    );
    const wires = pins.map((from, k) => ({ from, to: `seen-${k}.value` }));
    const document: Graph = { ...graph, nodes: [...graph.nodes, ...seen], wires: [...(graph.wires ?? []), ...wires] };
    const values = new Map<string, JsonValue[]>(pins.map((pin) => [pin, []]));
    const summary = await host.run({ graph: { document, folder }, out }, (event) => {
      if (event.event !== 'output' || !event.name.startsWith('seen')) return;
      values.get(pins[Number(event.name.slice(4))])?.splice(event.item ?? 0, 0, event.value);
    });
    if (summary.status !== 'done') throw new Error(`The run ended as ${summary.status}: ${summary.error?.message}`);
    return values;
  } finally {
    await host.close();
  }
}

/** The look that an exported value is to have. */
export async function expectedOf(value: JsonValue): Promise<ExpectedLook> {
  if (isRecord(value) && typeof value.path === 'string') {
    if (value.path.endsWith('.npy')) return tensorLook(value.path, String(value.dtype), value.shape as number[]);
    if (value.path.endsWith('.png')) return pictureLook(value.path);
    return { bytes: null, text: value.path };
  }
  if (isRecord(value)) return { bytes: null, text: Object.keys(value).join(' ') };
  if (typeof value === 'number') return { bytes: 8, text: String(Number(value.toPrecision(5))) };
  if (typeof value === 'string') return { bytes: value.length * 2, text: value };
  if (Array.isArray(value)) return { bytes: null, count: String(value.length) };
  return { bytes: null };
}

function isRecord(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function pictureLook(path: string): Promise<ExpectedLook> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return { depth: `u8 × ${info.channels}`, bytes: data.length, ...statistics(data) };
}

function tensorLook(path: string, dtype: string, shape: readonly number[]): ExpectedLook {
  const file = readFileSync(path);
  // Version 1 of the format: magic, version, length of the header.
  const data = file.subarray(10 + file.readUInt16LE(8));
  if (dtype !== 'float32') return { dtype, shape: `[${shape.join(', ')}]`, bytes: data.length };
  const floats = new Float32Array(data.length / 4).map((_, k) => data.readFloatLE(4 * k));
  return { dtype, shape: `[${shape.join(', ')}]`, bytes: data.length, ...statistics(floats) };
}

function statistics(data: ArrayLike<number>): { min: number; max: number; mean: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let k = 0; k < data.length; k++) {
    min = Math.min(min, data[k]);
    max = Math.max(max, data[k]);
    sum += data[k];
  }
  return { min, max, mean: sum / data.length };
}
