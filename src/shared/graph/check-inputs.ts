import type { JsonValue } from '../node-api/pins.ts';
import type { InputSignature } from '../node-api/signature.ts';
import { assignability } from '../types/assignability.ts';
import { checkLiteral, hasLiteral } from '../types/literal.ts';
import type { PinType } from '../types/pin-type.ts';
import { describeNeed, describePinType, parsePinType } from '../types/pin-type-text.ts';
import type { TypeFlow } from '../types/type-flow.ts';
import type { InputSource } from './checked-graph.ts';
import { dimensionAdvice } from './dimension-advice.ts';
import { knownValue } from './flow-graph.ts';
import { GRAPH_INPUT } from './interface.ts';
import type { LinkedGraph, LinkedNode, Origin } from './link.ts';
import type { Place, ProblemList } from './problem-list.ts';
import { inputIndex } from './resolve-body.ts';

/**
 * Reports values and wires that do not fit their pins, and pins that need one and have none. Returns where each input
 * of each node gets its value from.
 */
export function checkInputs(graph: LinkedGraph, flows: readonly TypeFlow[], problems: ProblemList): InputSource[][] {
  return graph.nodes.map((node, index) => new InputCheck(graph, flows, problems, node, index).check());
}

const NOTHING: InputSource = { from: 'nothing' };

class InputCheck {
  readonly #graph: LinkedGraph;
  readonly #flows: readonly TypeFlow[];
  readonly #problems: ProblemList;
  readonly #node: LinkedNode;
  readonly #index: number;

  constructor(
    graph: LinkedGraph,
    flows: readonly TypeFlow[],
    problems: ProblemList,
    node: LinkedNode,
    index: number,
  ) {
    this.#graph = graph;
    this.#flows = flows;
    this.#problems = problems;
    this.#node = node;
    this.#index = index;
  }

  check(): InputSource[] {
    const { signature, origins } = this.#node;
    if (signature.type === GRAPH_INPUT) this.#checkGraphInput();
    return signature.inputs.map((pin, input) => this.#checkInput(pin, input, origins[input]));
  }

  #checkInput(pin: InputSignature, input: number, origin: Origin): InputSource {
    const type = this.#flows[this.#index].inputs[input];
    switch (origin.from) {
      case 'wire':
        return this.#checkWire(pin, input, origin, type);
      case 'literal':
        this.#checkValue(pin, type, origin.value);
        return { from: 'literal', value: origin.value };
      case 'default':
        return { from: 'literal', value: origin.value };
      case 'nothing':
        if (pin.optional !== true) {
          const ways = hasLiteral(type) ? 'wire it or set it' : 'wire it';
          const message = `${this.#label} needs ${describeNeed(type)} for "${pin.name}": ${ways}.`;
          this.#problems.add('E_PIN_REQUIRED', message, this.#place(pin));
        }
        return NOTHING;
      case 'broken':
        return NOTHING;
    }
  }

  #checkWire(pin: InputSignature, input: number, origin: Extract<Origin, { from: 'wire' }>, type: PinType): InputSource {
    const verdict = this.#flows[this.#index].verdicts[input];
    const { node, output } = origin;
    if (verdict !== null && !verdict.ok) {
      const given = this.#flows[node].outputs[output];
      const advice = dimensionAdvice(this.#graph, origin, given, type) ?? verdict.advice;
      const message = `${this.#label} needs ${describeNeed(type)}, but ${this.#graph.labelOf(node)} gives ${describePinType(given)}: ${advice}.`;
      this.#problems.add('E_PIN_TYPE', message, this.#place(pin));
      return { from: 'wire', node, output, conversion: null };
    }
    const conversion = verdict === null ? null : verdict.conversion;
    const value = conversion === null ? knownValue(this.#graph.nodes, origin) : undefined;
    if (value !== undefined) this.#checkValue(pin, type, value);
    return { from: 'wire', node, output, conversion };
  }

  #checkValue(pin: InputSignature, type: PinType, value: JsonValue): void {
    const checked = checkLiteral(value, type, pin);
    if (checked.ok) return;
    this.#problems.add(checked.code, `"${pin.name}" of ${this.#label} ${checked.reason}.`, this.#place(pin));
  }

  /** The value of a graph's input has the type that the node declares, whatever its pin for values takes. */
  #checkGraphInput(): void {
    const { signature, origins, flat } = this.#node;
    const valueOf = (pin: string) => {
      const input = inputIndex(signature, pin);
      return input === undefined ? undefined : knownValue(this.#graph.nodes, origins[input]);
    };
    const text = valueOf('type');
    const parsed = typeof text === 'string' ? parsePinType(text) : undefined;
    if (parsed?.ok === false) {
      const message = `The type of the graph input "${flat.params.name}" is not understood, for ${parsed.reason}.`;
      this.#problems.add('E_PIN_TYPE', message, { node: flat.id, pin: 'type', path: `${flat.path}.params.type` });
    }
    const value = valueOf('default');
    if (!parsed?.ok || value === undefined) return;
    const checked = checkLiteral(value, parsed.type);
    if (checked.ok) return;
    const message = `The graph input "${flat.params.name}" ${checked.reason}.`;
    this.#problems.add(checked.code, message, { node: flat.id, pin: 'default', path: `${flat.path}.params.default` });
  }

  get #label(): string {
    return this.#graph.labelOf(this.#index);
  }

  #place(pin: InputSignature): Place {
    const { id, path } = this.#node.flat;
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
    const message = `${node.title} needs ${describeNeed(needed)}, but ${graph.labelOf(origin.node)} gives ${describePinType(given)}: ${advice}.`;
    problems.add('E_PIN_TYPE', message, { node: node.id, pin: pin.name, path: `${node.path}.params.${pin.name}` });
  }
}
