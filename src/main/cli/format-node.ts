import { styleText } from 'node:util';
import type { InputSignature, NodeSignature, OutputSignature } from '../../shared/node-api/signature.ts';
import type { PinTypeRule } from '../../shared/types/pin-type.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { table } from './table.ts';

/** A node in full: what it does, its pins, their types, ranges and defaults. */
export function formatNode(node: NodeSignature): string {
  const heading = (text: string) => styleText('bold', text, { stream: process.stdout });
  const parts = [`${heading(node.title)}  ${node.id}\n${node.summary}\n`];
  if (node.effects !== null) parts.push(`Effect: ${node.effects}\n`);
  if (node.inputs.length > 0) parts.push(`\n${heading('Inputs')}\n${table(node.inputs.map(inputRow))}`);
  if (node.outputs.length > 0) parts.push(`\n${heading('Outputs')}\n${table(node.outputs.map(outputRow))}`);
  return parts.join('');
}

function inputRow(pin: InputSignature): string[] {
  return [`  ${pin.name}`, formatRule(pin.type), presence(pin), range(pin), pin.description ?? ''];
}

function outputRow(pin: OutputSignature): string[] {
  return [`  ${pin.name}`, formatRule(pin.type), pin.description ?? ''];
}

function presence({ default: value, optional }: InputSignature): string {
  if (value !== undefined) return `= ${JSON.stringify(value)}`;
  return optional ? 'optional' : 'required';
}

function range({ min, max, unit }: InputSignature): string {
  const limits = min === undefined && max === undefined ? '' : `${min ?? ''}–${max ?? ''}`;
  return [limits, unit ?? ''].filter((part) => part !== '').join(' ');
}

/** The type of a pin before there is a graph; what only a graph can tell is put in words. */
function formatRule(type: PinTypeRule): string {
  switch (type.kind) {
    case 'same-as':
      return `as ${type.pin}`;
    case 'frame-or':
      return `frame, or ${formatRule(type.otherwise)}`;
    case 'list-of':
      return `list of ${type.pin}`;
    case 'element-of':
      return `element of ${type.pin}`;
    case 'declared-by':
      return `as ${type.pin} says`;
    case 'chosen-by':
      return `chosen by ${type.pin}`;
    case 'permuted':
      return `${type.pin} in another order`;
    case 'batched':
      return `${type.pin} with a batch axis`;
    case 'cast':
      return `${type.pin} of type ${type.dtype}`;
    case 'model-file':
      return 'model';
    case 'model-input':
    case 'model-output':
      return `${type.kind === 'model-input' ? 'input' : 'output'} ${type.index} of ${type.pin}`;
    default:
      return describePinType(type);
  }
}
