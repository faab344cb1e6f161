import type { JsonValue } from '../node-api/pins.ts';
import type { InputSignature, NodeSignature } from '../node-api/signature.ts';
import { assignability } from '../types/assignability.ts';
import { checkLiteral, hasLiteral } from '../types/literal.ts';
import type { PinType } from '../types/pin-type.ts';
import { describeNeed, describePinType, parsePinType } from '../types/pin-type-text.ts';
import type { TypeFlow } from '../types/type-flow.ts';
import type { InputSource } from './checked-graph.ts';
import { dimensionAdvice } from './dimension-advice.ts';
import { knownValue } from './flow-graph.ts';
import { GRAPH_INPUT, interfaceName, isWrittenOnly } from './interface.ts';
import type { LinkedGraph, Origin } from './link.ts';
import { inputIndex } from './pin-index.ts';
import type { Place, ProblemList } from './problem-list.ts';

/**
 * Reports values and wires that do not fit their pins, and pins that need one and have none. Returns where each input
 * of each node gets its value from.
 */
export function checkInputs(graph: LinkedGraph, flows: readonly TypeFlow[], problems: ProblemList): InputSource[][] {
  const checker = new InputChecker(graph, flows, problems);
  return graph.nodes.map((_, index) => checker.check(index));
}

const NOTHING: InputSource = { from: 'nothing' };

class InputChecker {
  readonly #graph: LinkedGraph;
  readonly #flows: readonly TypeFlow[];
  readonly #problems: ProblemList;

  constructor(graph: LinkedGraph, flows: readonly TypeFlow[], problems: ProblemList) {
    this.#graph = graph;
    this.#flows = flows;
    this.#problems = problems;
  }

  check(node: number): InputSource[] {
    const { signature, origins } = this.#graph.nodes[node];
    if (signature.type === GRAPH_INPUT) this.#checkGraphInput(node);
    return origins.map((origin, input) => this.#checkInput(node, signature.inputs[input], input, origin));
  }

  #checkInput(node: number, pin: InputSignature, input: number, origin: Origin): InputSource {
    const type = this.#flows[node].inputs[input];
    switch (origin.from) {
      case 'wire':
        return this.#checkWire(node, pin, input, origin);
      case 'literal':
        this.#checkValue(node, pin, type, origin.value);
        return origin;
      case 'default':
        return { from: 'literal', value: origin.value };
      case 'nothing':
        if (pin.optional !== true) {
          const message = `${this.#graph.labelOf(node)} ${missing(this.#graph.nodes[node].signature, pin.name, type)}.`;
          this.#problems.add('E_PIN_REQUIRED', message, this.#place(node, pin));
        }
        return NOTHING;
      case 'broken':
        return NOTHING;
    }
  }

  #checkWire(node: number, pin: InputSignature, input: number, origin: Extract<Origin, { from: 'wire' }>): InputSource {
    const type = this.#flows[node].inputs[input];
    const verdict = this.#flows[node].verdicts[input];
    const { node: producer, output } = origin;
    const given = this.#flows[producer].outputs[output];
    if (verdict !== null && !verdict.ok) {
      const advice = dimensionAdvice(this.#graph, origin, given, type) ?? verdict.advice;
      const labels = { needs: this.#graph.labelOf(node), gives: this.#graph.labelOf(producer) };
      this.#problems.add('E_PIN_TYPE', refusal(labels, type, given, advice), this.#place(node, pin));
      return { from: 'wire', node: producer, output, conversion: null, check: null };
    }
    const conversion =
      pin.frames === true && verdict?.conversion === 'frame-to-image' ? null : (verdict?.conversion ?? null);
    const value = conversion === null ? knownValue(this.#graph.nodes, origin) : undefined;
    // A value that is wrong where it is set is not told again wherever it goes.
    if (value !== undefined && checkLiteral(value, given).ok) this.#checkValue(node, pin, type, value);
    const check = verdict?.ok === true && verdict.open ? type : null;
    return { from: 'wire', node: producer, output, conversion, check };
  }

  #checkValue(node: number, pin: InputSignature, type: PinType, value: JsonValue): void {
    const checked = checkLiteral(value, type, pin);
    if (checked.ok) return;
    const message = `"${pin.name}" of ${this.#graph.labelOf(node)} ${checked.reason}.`;
    this.#problems.add(checked.code, message, this.#place(node, pin));
  }

  /** The value of a graph's input has the type that the node declares, whatever its pin for values takes. */
  #checkGraphInput(node: number): void {
    const { signature, origins, flat } = this.#graph.nodes[node];
    const known = (pin: string) => {
      const input = inputIndex(signature, pin);
      return input === undefined ? undefined : knownValue(this.#graph.nodes, origins[input]);
    };
    const name = interfaceName(flat.node) ?? flat.id;
    const text = known('type');
    const parsed = typeof text === 'string' ? parsePinType(text) : undefined;
    if (parsed?.ok === false) {
      const message = `The type of the graph input "${name}" is not understood, for ${parsed.reason}.`;
      this.#problems.add('E_PIN_TYPE', message, { node: flat.id, pin: 'type', path: `${flat.path}.params.type` });
    }
    const value = known('default');
    if (!parsed?.ok || value === undefined) return;
    const checked = checkLiteral(value, parsed.type);
    if (checked.ok) return;
    const message = `The graph input "${name}" ${checked.reason}.`;
    this.#problems.add(checked.code, message, { node: flat.id, pin: 'default', path: `${flat.path}.params.default` });
  }

  #place(node: number, pin: InputSignature): Place {
    const { id, path } = this.#graph.nodes[node].flat;
    return { node: id, pin: pin.name, path: `${path}.params.${pin.name}` };
  }
}

/** Reports what goes into graphs used as nodes and does not suit what these declare. */
export function checkBorders(graph: LinkedGraph, flows: readonly TypeFlow[], problems: ProblemList): void {
  for (const { graph: node, pin: index, origin } of graph.borders) {
    const pin = node.signature?.inputs[index];
    if (pin === undefined || origin.from !== 'wire') continue;
    const given = flows[origin.node].outputs[origin.output];
    // A graph's input has a plain type: it is written in its io/input node.
    const needed = pin.type as PinType;
    const verdict = assignability(given, needed);
    if (verdict.ok) continue;
    const advice = dimensionAdvice(graph, origin, given, needed) ?? verdict.advice;
    const message = refusal({ needs: node.title, gives: graph.labelOf(origin.node) }, needed, given, advice);
    problems.add('E_PIN_TYPE', message, { node: node.id, pin: pin.name, path: `${node.path}.params.${pin.name}` });
  }
}

/** Why a wire is refused: what one node needs, what the other gives, and what to do. */
export function refusal(
  labels: { needs: string; gives: string },
  needed: PinType,
  given: PinType,
  advice: string,
): string {
  return `${labels.needs} needs ${describeNeed(needed)}, but ${labels.gives} gives ${describePinType(given)}: ${advice}.`;
}

/** What a node says of a required pin without a value: `needs a number for "value": wire it or set it`. */
export function missing(signature: NodeSignature, pin: string, type: PinType): string {
  const ways = isWrittenOnly(signature, pin) ? 'set it' : hasLiteral(type) ? 'wire it or set it' : 'wire it';
  return `needs ${describeNeed(type)} for "${pin}": ${ways}`;
}
