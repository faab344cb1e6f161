import { ERROR_CODES } from '../node-api/error-codes.ts';
import type { JsonValue } from '../node-api/pins.ts';
import { describeJson } from '../types/literal.ts';
import type { Policy } from './document.ts';

/** What is wrong with a policy, each as the end of a sentence: `attempts must be a whole number from 1 to 10, not 50`. */
export function policyFaults(policy: Policy): string[] {
  const faults: string[] = [];
  for (const [key, value] of Object.entries(policy) as [string, JsonValue][]) {
    // A key of some other program is none of Weft's business.
    if (!Object.hasOwn(RULES, key)) continue;
    const { needed, allows } = RULES[key as keyof Policy];
    if (!allows(value)) faults.push(`${key} must be ${needed}, not ${describeJson(value)}`);
  }
  return faults;
}

interface Rule {
  readonly needed: string;
  allows(value: JsonValue): boolean;
}

const RULES: { readonly [K in keyof Required<Policy>]: Rule } = {
  attempts: {
    needed: 'a whole number from 1 to 10',
    allows: (value) => Number.isInteger(value) && isWithin(value, 1, 10),
  },
  wait: { needed: 'a number of seconds from 0', allows: (value) => isWithin(value, 0, Infinity) },
  backoff: { needed: 'a factor from 1', allows: (value) => isWithin(value, 1, Infinity) },
  retryOn: { needed: 'a list of error codes', allows: (value) => Array.isArray(value) && value.every(isErrorCode) },
  timeout: { needed: 'a number of seconds above 0', allows: (value) => isWithin(value, Number.MIN_VALUE, Infinity) },
  onError: { needed: '"stop" or "skip"', allows: (value) => value === 'stop' || value === 'skip' },
  keep: { needed: 'true or false', allows: (value) => typeof value === 'boolean' },
};

function isWithin(value: JsonValue, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function isErrorCode(value: JsonValue): boolean {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
