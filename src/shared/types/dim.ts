import type { Dim, DimExpression } from './pin-type.ts';

/** What the symbols of one node stand for: a number, or the symbol or expression that arrived for it. */
export type Bindings = ReadonlyMap<string, Dim>;

/**
 * A dimension with its symbols replaced. An expression whose symbols are all known becomes a number; a result that is
 * not a whole number from 0 is no dimension and becomes unknown. Symbols without a binding stay, except those in
 * `unknown`, which become unknown.
 */
export function substituteDim(dim: Dim, bindings: Bindings, unknown?: ReadonlySet<string>): Dim {
  const value = substitute(dim, bindings, unknown);
  return typeof value === 'number' && !(Number.isInteger(value) && value >= 0) ? null : value;
}

/**
 * Binds the symbols of a declared shape by what arrives for it. The first known binding of a symbol stays: where a second
 * one contradicts it, comparing the substituted shape with what arrives shows the mismatch. Returns the symbols it bound.
 */
export function unifyDims(declared: readonly Dim[], arriving: readonly Dim[], bindings: Map<string, Dim>): string[] {
  const bound: string[] = [];
  if (declared.length !== arriving.length) return bound;
  declared.forEach((dim, index) => {
    if (typeof dim !== 'string' || (bindings.get(dim) ?? null) !== null) return;
    bindings.set(dim, arriving[index]);
    bound.push(dim);
  });
  return bound;
}

/** As people read it: `640`, `N`, `?`, `floor(width / 2)`. A small letter is a node's own symbol and says nothing to others. */
export function describeDim(dim: Dim): string {
  if (dim === null || (typeof dim === 'string' && /^[a-z]$/.test(dim))) return '?';
  if (typeof dim !== 'object') return String(dim);
  if (dim.op === 'floor' || dim.op === 'min' || dim.op === 'max') {
    return `${dim.op}(${dim.args.map(describeDim).join(', ')})`;
  }
  const operand = (arg: Dim) => (isArithmetic(arg) ? `(${describeDim(arg)})` : describeDim(arg));
  return dim.args.map(operand).join(` ${dim.op} `);
}

function isArithmetic(dim: Dim): boolean {
  return typeof dim === 'object' && dim !== null && ['+', '-', '*', '/'].includes(dim.op);
}

function substitute(dim: Dim, bindings: Bindings, unknown: ReadonlySet<string> | undefined): Dim {
  if (typeof dim === 'string') {
    const bound = bindings.get(dim);
    if (bound !== undefined) return bound;
    return unknown?.has(dim) ? null : dim;
  }
  if (dim === null || typeof dim === 'number') return dim;
  const args = dim.args.map((arg) => substitute(arg, bindings, unknown));
  if (args.includes(null)) return null;
  return args.every((arg) => typeof arg === 'number') ? calculate(dim.op, args) : { op: dim.op, args };
}

function calculate(op: DimExpression['op'], args: readonly number[]): number {
  switch (op) {
    case '+':
      return args.reduce((a, b) => a + b);
    case '-':
      return args.reduce((a, b) => a - b);
    case '*':
      return args.reduce((a, b) => a * b);
    case '/':
      return args.reduce((a, b) => a / b);
    case 'floor':
      return Math.floor(args[0]);
    case 'min':
      return Math.min(...args);
    case 'max':
      return Math.max(...args);
  }
}
