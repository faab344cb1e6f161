import type { NodeSignature } from '../../node-api/signature.ts';
import { autoWirePins } from '../auto-wire.ts';
import type { GraphBody, Wire } from '../document.ts';
import { endOf, textOfEnd } from './pin-end.ts';

/**
 * The wires of a graph with those from node to node drawn out into the pins that they connect (engine.md 1.5). One that
 * touches a node whose type is not known stays as it is.
 * @param signatureOf the signature of a node by its id.
 */
export function explicitWires(body: GraphBody, signatureOf: (id: string) => NodeSignature | undefined): Wire[] {
  const wires = body.wires ?? [];
  const taken = new Set(wires.map(({ to }) => to));
  return wires.flatMap((wire) => {
    const from = signatureOf(wire.from);
    const to = signatureOf(wire.to);
    if (endOf(wire.from) !== undefined || from === undefined || to === undefined) return [wire];
    return autoWirePins(from, to).flatMap(({ output, input }) => {
      const end = textOfEnd({ node: wire.to, pin: to.inputs[input].name });
      if (taken.has(end)) return [];
      taken.add(end);
      return [{ from: textOfEnd({ node: wire.from, pin: from.outputs[output].name }), to: end }];
    });
  });
}
