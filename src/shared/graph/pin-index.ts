import type { NodeSignature } from '../node-api/signature.ts';

/** Place of an input among those of its signature; undefined where there is none of the name. */
export function inputIndex(signature: NodeSignature, name: string): number | undefined {
  return indicesOf(signature).inputs.get(name);
}

/** Place of an output among those of its signature. */
export function outputIndex(signature: NodeSignature, name: string): number | undefined {
  return indicesOf(signature).outputs.get(name);
}

interface PinIndices {
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, number>;
}
const PIN_INDICES = new WeakMap<NodeSignature, PinIndices>();

function indicesOf(signature: NodeSignature): PinIndices {
  let indices = PIN_INDICES.get(signature);
  if (indices === undefined) {
    indices = {
      inputs: new Map(signature.inputs.map(({ name }, index) => [name, index])),
      outputs: new Map(signature.outputs.map(({ name }, index) => [name, index])),
    };
    PIN_INDICES.set(signature, indices);
  }
  return indices;
}
