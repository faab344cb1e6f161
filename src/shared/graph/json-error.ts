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
  const open: Bracket[] = [];
  let expected: Expected = 'value';
  let position = 0;
  for (;;) {
    while (position < text.length && BLANK.has(text[position])) position++;
    if (position === text.length) return expected === 'end' ? null : errorAt(text, position);
    const end = tokenEnd(text, position);
    if (typeof end !== 'number') return errorAt(text, end.brokenAt);
    const next = step(expected, text[position], open);
    if (next === null) return errorAt(text, position);
    expected = next;
    position = end;
  }
}

/** What may come next. `first…`: the container may also end at once. */
type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end';
type Bracket = '{' | '[';

const BLANK: ReadonlySet<string> = new Set(' \t\n\r');
const PUNCTUATION: ReadonlySet<string> = new Set('{}[],:');
const WORD_OR_NUMBER = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where the token that begins at `start` ends, or the place at which it is none. */
function tokenEnd(text: string, start: number): number | { readonly brokenAt: number } {
  if (PUNCTUATION.has(text[start])) return start + 1;
  if (text[start] === '"') return stringEnd(text, start);
  WORD_OR_NUMBER.lastIndex = start;
  return WORD_OR_NUMBER.test(text) ? WORD_OR_NUMBER.lastIndex : { brokenAt: start };
}

function stringEnd(text: string, start: number): number | { readonly brokenAt: number } {
  let position = start + 1;
  while (position < text.length && text[position] !== '"') {
    if (text[position] === '\\') {
      ESCAPE.lastIndex = position;
      if (!ESCAPE.test(text)) return { brokenAt: position };
      position = ESCAPE.lastIndex;
    } else if (text[position] < ' ') {
      return { brokenAt: position };
    } else {
      position++;
    }
  }
  return position < text.length ? position + 1 : { brokenAt: position };
}

/** `first` is the first character of the token; null when the token may not stand here. */
function step(expected: Expected, first: string, open: Bracket[]): Expected | null {
  const afterValue = () => (open.length === 0 ? 'end' : 'comma');
  switch (first) {
    case '{':
    case '[':
      if (expected !== 'value' && expected !== 'first value') return null;
      open.push(first);
      return first === '{' ? 'first key' : 'first value';
    case '}':
    case ']': {
      const empty = first === '}' ? 'first key' : 'first value';
      if (open.at(-1) !== (first === '}' ? '{' : '[') || (expected !== 'comma' && expected !== empty)) return null;
      open.pop();
      return afterValue();
    }
    case ',':
      if (expected !== 'comma') return null;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : null;
    default:
      if (expected === 'key' || expected === 'first key') return first === '"' ? 'colon' : null;
      return expected === 'value' || expected === 'first value' ? afterValue() : null;
  }
}

function errorAt(text: string, position: number): JsonError {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const found = position >= text.length ? 'the end of the file' : JSON.stringify(text.slice(position, position + 12));
  return { line, column, found };
}
