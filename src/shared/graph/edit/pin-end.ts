/** One pin of one node: an end of a wire. */
export interface PinEnd {
  readonly node: string;
  readonly pin: string;
}

/** `node.pin`, as a wire has it. */
export function textOfEnd({ node, pin }: PinEnd): string {
  return `${node}.${pin}`;
}

/** undefined for the end of a wire that names no pin. */
export function endOf(text: string): PinEnd | undefined {
  const dot = text.indexOf('.');
  return dot === -1 ? undefined : { node: text.slice(0, dot), pin: text.slice(dot + 1) };
}

/** The node at an end of a wire, `node.pin` or `node`. */
export function nodeAt(text: string): string {
  const dot = text.indexOf('.');
  return dot === -1 ? text : text.slice(0, dot);
}

/** The end of a wire after nodes have got other ids; `ids`: new ones by old ones. */
export function renamedEnd(text: string, ids: ReadonlyMap<string, string>): string {
  const end = endOf(text);
  const node = ids.get(end?.node ?? text);
  if (node === undefined) return text;
  return end === undefined ? node : textOfEnd({ node, pin: end.pin });
}
