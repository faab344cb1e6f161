import type { PbfReader } from 'pbf';
import { ONNX_ELEMENT_TYPES, type OnnxElementType } from './onnx-types.ts';
import { ProtobufError, type ProtobufFile } from './protobuf-file.ts';

export type OnnxType =
  /** `shape` null: any rank; a dimension the file leaves open is its symbol or null. */
  | { readonly kind: 'tensor'; readonly element: OnnxElementType; readonly shape: readonly Dim[] | null }
  | { readonly kind: 'sequence' | 'map' | 'optional' | 'sparse tensor' | 'opaque' };
type Dim = number | string | null;

export interface OnnxPort {
  readonly name: string;
  readonly type: OnnxType;
}

/** Where a part of the weights lies in another file; null bytes: up to the end of it. */
export interface ExternalWeights {
  readonly location: string;
  readonly offset: number;
  readonly bytes: number | null;
}

/** What an ONNX file says of itself, without the weights. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  /** Version by domain; ONNX's own operators are those of `ai.onnx`. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  /** Those that a caller must give: inputs with a weight as their default are left out. */
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** How often each operator stands in the graph, its subgraphs and functions, by domain, then type. */
  readonly operators: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Domains of the functions that the file brings along. */
  readonly functionDomains: ReadonlySet<string>;
  /** Elements of the initializers of the graph and its subgraphs, by element type. */
  readonly weights: ReadonlyMap<OnnxElementType, number>;
  readonly externalWeights: readonly ExternalWeights[];
}

/**
 * Reads an ONNX file. Field numbers are those of onnx/onnx.proto, IR version 13.
 * @throws ProtobufError when the file is no ONNX model, or a damaged one.
 */
export function readOnnxModel(file: ProtobufFile): OnnxModel {
  const model = new ModelParts();
  let graphs = 0;
  for (const field of file.fields()) {
    if (field.number !== MODEL.graph) {
      file.decode(field, readModelField, model);
      continue;
    }
    graphs++;
    for (const part of file.fields(field)) {
      if (part.number !== GRAPH.initializer) {
        file.decode(part, readGraphField, model);
        continue;
      }
      const tensor = new TensorParts();
      for (const detail of file.fields(part)) {
        if (!TENSOR_ELEMENTS.has(detail.number)) file.decode(detail, readTensorField, tensor);
      }
      model.addInitializer(tensor);
    }
  }
  if (graphs === 0) throw new ProtobufError('The file has no graph.');
  return {
    irVersion: model.irVersion,
    producer: model.producer.filter((part) => part !== '').join(' '),
    opsets: model.opsets,
    metadata: model.metadata,
    inputs: model.inputs.filter((port) => !model.initializers.has(port.name)),
    outputs: model.outputs,
    operators: model.operators,
    functionDomains: model.functionDomains,
    weights: model.weights,
    externalWeights: model.externalWeights,
  };
}

const MODEL = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  graph: 7,
  opsetImport: 8,
  metadata: 14,
  functions: 25,
};
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
const FUNCTION = { node: 7, domain: 10 };
const NODE = { opType: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 };
const TENSOR = { dims: 1, elementType: 2, name: 8, externalData: 13 };
/** float, int32, string, int64, raw, double and uint64 data. */
const TENSOR_ELEMENTS: ReadonlySet<number> = new Set([4, 5, 6, 7, 9, 10, 11]);
const TYPE_KINDS: Readonly<Record<number, Exclude<OnnxType['kind'], 'tensor'>>> = {
  4: 'sequence',
  5: 'map',
  7: 'opaque',
  8: 'sparse tensor',
  9: 'optional',
};

class ModelParts {
  irVersion = 0;
  readonly producer = ['', ''];
  readonly opsets = new Map<string, number>();
  readonly metadata = new Map<string, string>();
  readonly inputs: OnnxPort[] = [];
  readonly outputs: OnnxPort[] = [];
  readonly initializers = new Set<string>();
  readonly operators = new Map<string, Map<string, number>>();
  readonly functionDomains = new Set<string>();
  readonly weights = new Map<OnnxElementType, number>();
  readonly externalWeights: ExternalWeights[] = [];

  addInitializer(tensor: TensorParts): void {
    this.initializers.add(tensor.name);
    this.addWeights(tensor);
  }

  addWeights(tensor: TensorParts): void {
    const element = ONNX_ELEMENT_TYPES[tensor.elementType] ?? 'undefined';
    const elements = tensor.dims.reduce((product, dim) => product * dim, 1);
    const sum = (this.weights.get(element) ?? 0) + elements;
    if (!Number.isSafeInteger(sum) || elements < 0)
      throw new ProtobufError(`No file can hold the weight ${tensor.name}.`);
    this.weights.set(element, sum);
    this.addExternal(tensor);
  }

  /** Notes where a tensor lies, if that is in another file. */
  addExternal({ external }: TensorParts): void {
    const location = external.get('location');
    if (location === undefined) return;
    const bytes = external.get('length');
    this.externalWeights.push({
      location,
      offset: Number(external.get('offset') ?? 0),
      bytes: bytes === undefined ? null : Number(bytes),
    });
  }

  addOperator(domain: string, type: string): void {
    const types = this.operators.get(domain) ?? new Map<string, number>();
    this.operators.set(domain, types.set(type, (types.get(type) ?? 0) + 1));
  }
}

class TensorParts {
  name = '';
  elementType = 0;
  readonly dims: number[] = [];
  readonly external = new Map<string, string>();
}

function readModelField(field: number, model: ModelParts, pbf: PbfReader): void {
  if (field === MODEL.irVersion) model.irVersion = pbf.readVarint();
  else if (field === MODEL.producerName) model.producer[0] = pbf.readString();
  else if (field === MODEL.producerVersion) model.producer[1] = pbf.readString();
  else if (field === MODEL.metadata) readEntry(model.metadata, pbf);
  else if (field === MODEL.functions) pbf.readMessage(readFunctionField, model);
  else if (field === MODEL.opsetImport) {
    const opset = pbf.readMessage(readOpsetField, { domain: '', version: 0 });
    model.opsets.set(domainName(opset.domain), opset.version);
  }
}

function readOpsetField(field: number, opset: { domain: string; version: number }, pbf: PbfReader): void {
  if (field === 1) opset.domain = pbf.readString();
  else if (field === 2) opset.version = pbf.readVarint();
}

function readEntry(entries: Map<string, string>, pbf: PbfReader): void {
  const entry = pbf.readMessage(readEntryField, { key: '', value: '' });
  entries.set(entry.key, entry.value);
}

function readEntryField(field: number, entry: { key: string; value: string }, pbf: PbfReader): void {
  if (field === 1) entry.key = pbf.readString();
  else if (field === 2) entry.value = pbf.readString();
}

function readGraphField(field: number, model: ModelParts, pbf: PbfReader): void {
  if (field === GRAPH.input) model.inputs.push(readPort(pbf));
  else if (field === GRAPH.output) model.outputs.push(readPort(pbf));
  else readSubgraphField(field, model, pbf);
}

function readSubgraphField(field: number, model: ModelParts, pbf: PbfReader): void {
  if (field === GRAPH.node) readNode(model, pbf);
  else if (field === GRAPH.initializer) model.addWeights(pbf.readMessage(readTensorField, new TensorParts()));
}

function readFunctionField(field: number, model: ModelParts, pbf: PbfReader): void {
  if (field === FUNCTION.node) readNode(model, pbf);
  else if (field === FUNCTION.domain) model.functionDomains.add(domainName(pbf.readString()));
}

function readNode(model: ModelParts, pbf: PbfReader): void {
  const node = pbf.readMessage(readNodeField, { domain: '', opType: '', model });
  model.addOperator(domainName(node.domain), node.opType);
}

function readNodeField(field: number, node: { domain: string; opType: string; model: ModelParts }, pbf: PbfReader) {
  if (field === NODE.opType) node.opType = pbf.readString();
  else if (field === NODE.domain) node.domain = pbf.readString();
  else if (field === NODE.attribute) pbf.readMessage(readAttributeField, node.model);
}

function readAttributeField(field: number, model: ModelParts, pbf: PbfReader): void {
  if (field === ATTRIBUTE.graph || field === ATTRIBUTE.graphs) pbf.readMessage(readSubgraphField, model);
  else if (field === ATTRIBUTE.tensor || field === ATTRIBUTE.tensors) {
    model.addExternal(pbf.readMessage(readTensorField, new TensorParts()));
  }
}

function readTensorField(field: number, tensor: TensorParts, pbf: PbfReader): void {
  if (field === TENSOR.dims) pbf.readPackedVarint(tensor.dims, true);
  else if (field === TENSOR.elementType) tensor.elementType = pbf.readVarint();
  else if (field === TENSOR.name) tensor.name = pbf.readString();
  else if (field === TENSOR.externalData) readEntry(tensor.external, pbf);
}

function readPort(pbf: PbfReader): OnnxPort {
  const port: { name: string; type: OnnxType } = { name: '', type: { kind: 'opaque' } };
  return pbf.readMessage((field, into, value) => {
    if (field === 1) into.name = value.readString();
    else if (field === 2) value.readMessage(readTypeField, into);
  }, port);
}

function readTypeField(field: number, port: { type: OnnxType }, pbf: PbfReader): void {
  if (field === 1) {
    const tensor = pbf.readMessage(readTensorTypeField, { element: 0, shape: null });
    port.type = { kind: 'tensor', element: ONNX_ELEMENT_TYPES[tensor.element] ?? 'undefined', shape: tensor.shape };
  } else if (field in TYPE_KINDS) {
    port.type = { kind: TYPE_KINDS[field] };
  }
}

function readTensorTypeField(field: number, type: { element: number; shape: Dim[] | null }, pbf: PbfReader): void {
  if (field === 1) type.element = pbf.readVarint();
  else if (field === 2) type.shape = pbf.readMessage(readShapeField, []);
}

function readShapeField(field: number, shape: Dim[], pbf: PbfReader): void {
  if (field === 1) shape.push(pbf.readMessage(readDimField, { dim: null }).dim);
}

/** Exporters write an open dimension as a symbol, as nothing, as an empty symbol or as −1. */
function readDimField(field: number, into: { dim: Dim }, pbf: PbfReader): void {
  if (field === 1) {
    const size = pbf.readVarint(true);
    into.dim = size < 0 ? null : size;
  } else if (field === 2) {
    into.dim = pbf.readString() || null;
  }
}

/** The empty domain and `ai.onnx` are the same. */
function domainName(domain: string): string {
  return domain === '' ? 'ai.onnx' : domain;
}
