import { PbfWriter } from 'pbf';
import { ONNX_ELEMENT_TYPES, type OnnxElementType } from '../../src/main/models/onnx-types.ts';
import type { Tensor } from '../../src/shared/node-api/tensor.ts';

export type ValueType =
  /** `shape` null: any rank. */
  | { readonly dtype: OnnxElementType; readonly shape: readonly (number | string | null)[] | null }
  | { readonly sequenceOf: ValueType }
  | { readonly optionalOf: ValueType }
  | { readonly mapFrom: OnnxElementType; readonly to: ValueType };

export type Port = { readonly name: string } & ValueType;

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly graph: GraphSpec };

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Empty, the default, for the operators of ONNX itself. */
  readonly domain?: string;
}

/** A weight: kept in the model, or said to lie in another file. */
export type Initializer =
  | { readonly name: string; readonly tensor: Tensor }
  | {
      readonly name: string;
      readonly dtype: OnnxElementType;
      readonly shape: readonly number[];
      readonly file: string;
    };

export interface GraphSpec {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly nodes: readonly NodeSpec[];
  readonly initializers?: readonly Initializer[];
}

export interface ModelSpec extends GraphSpec {
  /** Version of the ONNX operators; 17 when left out. */
  readonly opset?: number;
  /** Versions of further operator domains. */
  readonly domains?: Readonly<Record<string, number>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly irVersion?: number;
}

/** An ONNX file for a test. Field numbers are those of onnx/onnx.proto. */
export function buildModel(spec: ModelSpec): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, spec.irVersion ?? 8);
  pbf.writeStringField(2, 'weft-tests');
  pbf.writeMessage(7, writeGraph, spec);
  for (const opset of Object.entries({ '': spec.opset ?? 17, ...spec.domains })) pbf.writeMessage(8, writeOpset, opset);
  for (const entry of Object.entries(spec.metadata ?? {})) pbf.writeMessage(14, writeStringEntry, entry);
  return pbf.finish();
}

function writeOpset([domain, version]: readonly [string, number], pbf: PbfWriter): void {
  pbf.writeStringField(1, domain);
  pbf.writeVarintField(2, version);
}

function writeStringEntry([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function writeGraph(graph: GraphSpec, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, 'graph');
  for (const initializer of graph.initializers ?? []) pbf.writeMessage(5, writeInitializer, initializer);
  for (const port of graph.inputs) pbf.writeMessage(11, writePort, port);
  for (const port of graph.outputs) pbf.writeMessage(12, writePort, port);
}

function writeNode(node: NodeSpec, pbf: PbfWriter): void {
  for (const name of node.inputs) pbf.writeStringField(1, name);
  for (const name of node.outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, node.op);
  for (const attribute of Object.entries(node.attributes ?? {})) pbf.writeMessage(5, writeAttribute, attribute);
  if (node.domain !== undefined) pbf.writeStringField(7, node.domain);
}

function writeAttribute([name, value]: readonly [string, Attribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, 1);
  } else if ('int' in value) {
    pbf.writeVarintField(3, value.int);
    pbf.writeVarintField(20, 2);
  } else if ('string' in value) {
    pbf.writeStringField(4, value.string);
    pbf.writeVarintField(20, 3);
  } else if ('graph' in value) {
    pbf.writeMessage(6, writeGraph, value.graph);
    pbf.writeVarintField(20, 5);
  } else {
    for (const int of value.ints) pbf.writeVarintField(8, int);
    pbf.writeVarintField(20, 7);
  }
}

function writeInitializer(initializer: Initializer, pbf: PbfWriter): void {
  const { dtype, shape } = 'tensor' in initializer ? initializer.tensor : initializer;
  for (const dim of shape) pbf.writeVarintField(1, dim);
  pbf.writeVarintField(2, ONNX_ELEMENT_TYPES.indexOf(dtype));
  pbf.writeStringField(8, initializer.name);
  if ('file' in initializer) {
    pbf.writeMessage(13, writeStringEntry, ['location', initializer.file]);
    pbf.writeVarintField(14, 1);
  } else if (initializer.tensor.is('string')) {
    for (const text of initializer.tensor.data) pbf.writeStringField(6, text);
  } else {
    const { buffer, byteOffset, byteLength } = initializer.tensor.data as ArrayBufferView;
    pbf.writeBytesField(9, new Uint8Array(buffer, byteOffset, byteLength));
  }
}

function writePort(port: Port, pbf: PbfWriter): void {
  pbf.writeStringField(1, port.name);
  pbf.writeMessage(2, writeValueType, port);
}

function writeValueType(type: ValueType, pbf: PbfWriter): void {
  if ('dtype' in type) pbf.writeMessage(1, writeTensorType, type);
  else if ('sequenceOf' in type) pbf.writeMessage(4, writeElementType, type.sequenceOf);
  else if ('optionalOf' in type) pbf.writeMessage(9, writeElementType, type.optionalOf);
  else pbf.writeMessage(5, writeMapType, type);
}

function writeElementType(type: ValueType, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeValueType, type);
}

function writeMapType(type: Extract<ValueType, { mapFrom: unknown }>, pbf: PbfWriter): void {
  pbf.writeVarintField(1, ONNX_ELEMENT_TYPES.indexOf(type.mapFrom));
  pbf.writeMessage(2, writeValueType, type.to);
}

function writeTensorType(type: Extract<ValueType, { dtype: unknown }>, pbf: PbfWriter): void {
  pbf.writeVarintField(1, ONNX_ELEMENT_TYPES.indexOf(type.dtype));
  if (type.shape !== null) pbf.writeMessage(2, writeShape, type.shape);
}

function writeShape(shape: readonly (number | string | null)[], pbf: PbfWriter): void {
  for (const dim of shape) pbf.writeMessage(1, writeDim, dim);
}

function writeDim(dim: number | string | null, pbf: PbfWriter): void {
  if (typeof dim === 'number') pbf.writeVarintField(1, dim);
  else if (dim !== null) pbf.writeStringField(2, dim);
}
