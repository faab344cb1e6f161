import type { Graph, GraphBody } from '../../shared/graph/document.ts';
import { graphSignature } from '../../shared/graph/interface.ts';
import { graphNameOf } from '../../shared/graph/nesting.ts';
import type { NodeSignature } from '../../shared/node-api/signature.ts';

export type Catalogue = ReadonlyMap<string, NodeSignature>;

/** Finds the signature of a node type: an installed one, or a graph of the document that is used as a node. */
export type NodeTypes = (type: string) => NodeSignature | undefined;

export function nodeTypesOf(catalogue: Catalogue, graphs: Graph['graphs']): NodeTypes {
  const installed = (type: string) => catalogue.get(type);
  return (type) => {
    const name = graphNameOf(type);
    if (name === undefined) return installed(type);
    return graphs !== undefined && Object.hasOwn(graphs, name) ? signatureOf(catalogue, name, graphs[name]) : undefined;
  };
}

/** Kept per graph, so that the signature of one that was not edited stays the same object. */
const SIGNATURES = new WeakMap<Catalogue, WeakMap<GraphBody, NodeSignature>>();

function signatureOf(catalogue: Catalogue, name: string, body: GraphBody): NodeSignature {
  let known = SIGNATURES.get(catalogue);
  if (known === undefined) {
    known = new WeakMap();
    SIGNATURES.set(catalogue, known);
  }
  let signature = known.get(body);
  if (signature === undefined || signature.id !== `graph/${name}`) {
    signature = graphSignature(name, body, (id) => catalogue.get(id));
    known.set(body, signature);
  }
  return signature;
}
