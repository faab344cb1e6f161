import { InvalidArgumentError } from 'commander';
import type { JsonValue } from '../../shared/node-api/pins.ts';

/** A literal that takes the place of the one in the graph file. */
export interface ParamAssignment {
  readonly node: string;
  readonly pin: string;
  readonly value: JsonValue;
}

export type InputAssignments = Readonly<Record<string, JsonValue>>;

/** `NAME=VALUE`, added to the inputs set so far; the last value of a name counts. */
export function collectInputs(text: string, before: InputAssignments): InputAssignments {
  const parts = /^(?<name>[^=]+)=(?<value>.*)$/s.exec(text)?.groups;
  if (parts === undefined) throw new InvalidArgumentError('Write NAME=VALUE.');
  return { ...before, [parts.name]: parseValue(parts.value) };
}

/** `NODE.PARAM=VALUE`, added to the parameters set so far. */
export function collectParams(text: string, before: readonly ParamAssignment[]): readonly ParamAssignment[] {
  const parts = /^(?<node>[^=.]+)\.(?<pin>[^=.]+)=(?<value>.*)$/s.exec(text)?.groups;
  if (parts === undefined) throw new InvalidArgumentError('Write NODE.PARAM=VALUE.');
  return [...before, { node: parts.node, pin: parts.pin, value: parseValue(parts.value) }];
}

/** A value is JSON; what is not JSON is a string, so that paths need no quotes. */
function parseValue(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A time limit in seconds, above 0. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && Number.isFinite(seconds))) throw new InvalidArgumentError('Give a number of seconds above 0.');
  return seconds;
}

/** A port to listen at; 0 stands for any that is free. */
export function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('Give a number from 0 to 65535.');
  return Number(text);
}

/** One more of an option that may be repeated. */
export function collectTexts(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
