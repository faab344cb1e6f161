import { checkLiteral } from '../../shared/types/literal.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import type { Reading } from './use-draft.ts';

/**
 * Reads what a person wrote for a value that is JSON in a field. A list may be written without its brackets, and one of
 * strings without quotation marks: `circle, star`.
 */
export function readJson(text: string, type: PinType): Reading {
  const bare = text.trim();
  const parsed = type.kind === 'list' && !bare.startsWith('[') ? parseItems(bare, type.of) : parse(bare);
  if (!parsed.ok) return parsed;
  const check = checkLiteral(parsed.value, type);
  return check.ok ? check : { ok: false, reason: `The value ${check.reason}.` };
}

function parseItems(text: string, type: PinType): Reading {
  if (type.kind !== 'string' || text === '' || text.includes('"')) return parse(`[${text}]`);
  return { ok: true, value: text.split(',').map((item) => item.trim()) };
}

function parse(text: string): Reading {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `This is no JSON: ${said}.` };
  }
}
