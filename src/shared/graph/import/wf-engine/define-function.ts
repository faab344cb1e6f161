import type { JsonValue } from '../../../node-api/pins.ts';
import type { Target, Template, WorkflowFunction } from './template.ts';

/** A function that always becomes the same nodes. */
export function becomes(template: Template): WorkflowFunction {
  return { params: Object.keys(template.params), results: Object.keys(template.results), into: () => template };
}

/** A function that becomes one node; `params` are set on it unless the workflow says otherwise. */
export function becomesNode(
  type: string,
  parts: Omit<Template, 'nodes'>,
  params: Readonly<Record<string, JsonValue>> = {},
): WorkflowFunction {
  return becomes({ nodes: [{ name: '', type, params }], ...parts });
}

/** A function whose work Weft does elsewhere, for the reason in `note`. */
export function leftOut(note: string, parts: Pick<Template, 'params' | 'results' | 'kinds'>): WorkflowFunction {
  return becomes({ nodes: [], note, ...parts });
}

export function to(pin: string, as?: Target['as']): readonly Target[] {
  return [as === undefined ? { pin } : { pin, as }];
}

export function from<P extends string>(pin: P): { readonly pin: P } {
  return { pin };
}

/** `null` for each of the results: Weft has no value for them. */
export function nothingFor<K extends string>(...results: readonly K[]): Readonly<Record<K, null>> {
  return Object.fromEntries(results.map((result) => [result, null])) as Record<K, null>;
}
