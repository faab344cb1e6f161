import { checkLiteral } from '../../shared/types/literal.ts';
import type { PinType } from '../../shared/types/pin-type.ts';
import type { Reading } from './use-draft.ts';

/** Reads what a person wrote for a value that is JSON in a field; a list may be written without its brackets. */
export function readJson(text: string, type: PinType): Reading {
  const bare = text.trim();
  const parsed = parse(type.kind === 'list' && !bare.startsWith('[') ? `[${bare}]` : bare);
  if (!parsed.ok) return parsed;
  const check = checkLiteral(parsed.value, type);
  return check.ok ? check : { ok: false, reason: `The value ${check.reason}.` };
}

function parse(text: string): Reading {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `This is no JSON: ${said}.` };
  }
}
