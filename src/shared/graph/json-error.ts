/** Where and how a text stops being JSON. Engines word their own messages differently and often leave the place out. */
export interface JsonError {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** What stands there: `"}"`, or `the end of the file`. */
  readonly found: string;
}

/** The first place at which a text is not JSON (RFC 8259); null for JSON. Nesting may be of any depth. */
export function findJsonError(text: string): JsonError | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let position = 0;
  for (;;) {
    TOKEN.lastIndex = position;
    const token = TOKEN.exec(text);
    const start = token === null ? skipBlank(text, position) : token.index + token[0].length - token[1].length;
    if (token === null) return expected === 'end' && start === text.length ? null : errorAt(text, start);
    const next = step(expected, token[1], open);
    if (next === null) return errorAt(text, start);
    expected = next;
    position = TOKEN.lastIndex;
  }
}

/** What may come next. `first…`: the container may also end at once. */
type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end';

const TOKEN =
  /[ \t\n\r]*([{}[\],:]|"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

function step(expected: Expected, token: string, open: ('{' | '[')[]): Expected | null {
  const afterValue = () => (open.length === 0 ? 'end' : 'comma');
  switch (token) {
    case '{':
    case '[':
      if (expected !== 'value' && expected !== 'first value') return null;
      open.push(token);
      return token === '{' ? 'first key' : 'first value';
    case '}':
    case ']': {
      const empty = token === '}' ? 'first key' : 'first value';
      if (open.at(-1) !== (token === '}' ? '{' : '[') || (expected !== 'comma' && expected !== empty)) return null;
      open.pop();
      return afterValue();
    }
    case ',':
      if (expected !== 'comma') return null;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : null;
    default:
      if (expected === 'key' || expected === 'first key') return token.startsWith('"') ? 'colon' : null;
      return expected === 'value' || expected === 'first value' ? afterValue() : null;
  }
}

function skipBlank(text: string, position: number): number {
  let at = position;
  while (at < text.length && ' \t\n\r'.includes(text[at])) at++;
  return at;
}

function errorAt(text: string, position: number): JsonError {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const found = position >= text.length ? 'the end of the file' : JSON.stringify(text.slice(position, position + 12));
  return { line, column, found };
}
