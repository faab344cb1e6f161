/** Ids beyond this are no class ids; the list of names would only fill memory. */
const MOST_CLASSES = 100_000;

/** One entry of a dict or list: `0: 'person',` or `'person',`. */
const ENTRY = /\s*(?:(["']?)(\d+)\1\s*:\s*)?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*(?:,|$)\s*/suy;

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gsu;
const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Names of classes from the `names` entry that Ultralytics writes into an ONNX file: the text of a Python dict
 * (`{0: 'person', 1: "driver's seat"}`) or list; JSON has the same form. Ids left out are named `class 7`.
 *
 * @returns the names by class id, or undefined when the text has another form.
 */
export function parseClassNames(text: string): readonly string[] | undefined {
  if (last?.text !== text) last = { text, names: parse(text) };
  return last.names;
}

/** Those of one model are asked for at every frame. */
let last: { readonly text: string; readonly names: readonly string[] | undefined } | null = null;

function parse(text: string): string[] | undefined {
  const literal = text.trim();
  const isDict = literal.startsWith('{') && literal.endsWith('}');
  const isList = literal.startsWith('[') && literal.endsWith(']');
  if (!isDict && !isList) return undefined;

  const body = literal.slice(1, -1).trim();
  const names: string[] = [];
  ENTRY.lastIndex = 0;
  while (ENTRY.lastIndex < body.length) {
    const entry = ENTRY.exec(body);
    if (entry === null) return undefined;
    const [, , key, quoted] = entry;
    if ((key !== undefined) !== isDict) return undefined;
    const id = key === undefined ? names.length : Number(key);
    if (id >= MOST_CLASSES) return undefined;
    names[id] = unescaped(quoted.slice(1, -1));
  }
  return Array.from(names, (name, id) => name ?? `class ${id}`);
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, hex2, hex4, hex8, char) => {
    if (char !== undefined) return CONTROL[char] ?? char;
    const codePoint = Number.parseInt(hex2 ?? hex4 ?? hex8, 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\ufffd';
  });
}
