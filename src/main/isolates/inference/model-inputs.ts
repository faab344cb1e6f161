import { basename } from 'node:path';
import type { Model } from '../../../shared/node-api/model.ts';
import type { Tensor } from '../../../shared/node-api/tensor.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { TensorPort } from '../../../shared/types/pin-type.ts';

type Shape = readonly number[];

/**
 * The tensors a run of the model needs, by the names of its signature. A model with one input takes a single tensor
 * under any name.
 * @throws E_MODEL_INPUT with what the model needs, what it got, and what to do.
 */
export function matchInputs(model: Model, given: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const ports = model.signature.inputs;
  const [single] = given.values();
  if (ports.length === 1 && given.size === 1) {
    checkInput(model, ports[0], single);
    return new Map([[ports[0].name, single]]);
  }
  const unknown = [...given.keys()].find((name) => ports.every((port) => port.name !== name));
  if (unknown !== undefined) {
    const names = ports.map(({ name }) => `\`${name}\``).join(', ');
    throw inputError(model, `has no input \`${unknown}\`: give its tensors the names ${names}.`);
  }
  const matched = new Map<string, Tensor>();
  for (const port of ports) {
    const tensor = given.get(port.name);
    if (tensor === undefined) {
      throw inputError(
        model,
        `needs ${portText(port)} for \`${port.name}\`, but got nothing: give it a tensor of that name.`,
      );
    }
    checkInput(model, port, tensor);
    matched.set(port.name, tensor);
  }
  return matched;
}

/**
 * The shape that an output will have, where the signature tells: its dimensions are known numbers, or symbols that the
 * inputs of this run give a number.
 */
export function knownShape(port: TensorPort, model: Model, inputs: ReadonlyMap<string, Tensor>): Shape | null {
  const symbols = symbolsOf(model, inputs);
  const shape = port.shape?.map((dim) => (typeof dim === 'string' ? symbols.get(dim) : dim));
  return shape?.every((dim) => typeof dim === 'number') ? shape : null;
}

function symbolsOf(model: Model, inputs: ReadonlyMap<string, Tensor>): Map<string, number> {
  const symbols = new Map<string, number>();
  for (const { name, shape } of model.signature.inputs) {
    shape?.forEach((dim, axis) => {
      const size = inputs.get(name)?.shape[axis];
      if (typeof dim === 'string' && size !== undefined) symbols.set(dim, size);
    });
  }
  return symbols;
}

function checkInput(model: Model, port: TensorPort, tensor: Tensor): void {
  const advice = adviceFor(port, tensor);
  if (advice !== null) {
    throw inputError(model, `needs ${portText(port)} for \`${port.name}\`, but got ${tensor}: ${advice}.`);
  }
  // The binding passes text to C, where a NUL ends it.
  if (tensor.is('string') && tensor.data.some((text) => text.includes('\0'))) {
    throw inputError(model, `cannot take text with a NUL character for \`${port.name}\`: remove the character.`);
  }
}

/** What to do about a tensor that does not fit; null when it fits. */
function adviceFor({ dtype, shape }: TensorPort, tensor: Tensor): string | null {
  if (tensor.dtype !== dtype) return `convert it to ${dtype}`;
  const got = tensor.shape;
  if (fits(shape, got)) return null;
  if (fits(shape, [1, ...got])) return 'add the batch dimension with tensor/add-batch';
  if (got.length === 4 && fits(shape, [got[0], got[3], got[1], got[2]])) return 'transpose it by [0,3,1,2]';
  if (got.length === 4 && fits(shape, [got[0], got[2], got[3], got[1]])) return 'transpose it by [0,2,3,1]';
  return sizeAdvice(shape, got) ?? 'give it that shape';
}

/** For pictures [batch, channels, height, width] whose size alone is wrong. */
function sizeAdvice(shape: TensorPort['shape'], got: Shape): string | null {
  const [height, width] = shape?.slice(2) ?? [];
  if (typeof height !== 'number' || typeof width !== 'number') return null;
  if (!fits(shape, [...got.slice(0, 2), height, width])) return null;
  return `set the letterbox to ${width === height ? width : `${width}×${height}`}`;
}

function fits(shape: TensorPort['shape'], got: Shape): boolean {
  if (shape === null) return true;
  return shape.length === got.length && shape.every((dim, axis) => typeof dim !== 'number' || dim === got[axis]);
}

function portText({ dtype, shape }: TensorPort): string {
  return shape === null ? dtype : `${dtype}[${shape.map((dim) => dim ?? '?').join(',')}]`;
}

function inputError(model: Model, rest: string): WeftError {
  return new WeftError('E_MODEL_INPUT', `${basename(model.path)} ${rest}`);
}
