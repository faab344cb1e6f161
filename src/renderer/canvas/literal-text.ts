import type { GraphNode } from '../../shared/graph/document.ts';
import type { ShownPin } from './shown-pin.ts';

/** The literal of a pin as a row has room for it; empty where none is set and there is no default. */
export function literalText({ params }: GraphNode, { name, field }: ShownPin): string {
  const value = params?.[name] ?? field?.default;
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const unit = field?.unit === undefined ? '' : ` ${field.unit}`;
  return `${text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text}${unit}`;
}

const MAX_LENGTH = 40;
