import type { z } from 'zod';
import type { Payload } from './payload.ts';

/**
 * A schema that gives exactly `T`: the compiler refuses one that lacks a key of `T`, an optional one too, has another
 * key, or another type at one.
 */
export function exactly<T>() {
  return <S extends z.ZodType>(schema: Same<z.output<S>, T> extends true ? S : never): z.ZodType<T> => schema as never;
}

/** Each is assignable to the other, once keys are neither optional nor writable. */
type Same<A, B> = [Shape<A>] extends [Shape<B>] ? ([Shape<B>] extends [Shape<A>] ? true : false) : false;

/** Down to six levels, for some types hold themselves; what lies deeper has a schema of its own. */
type Shape<T, Levels extends 0[] = []> = Levels['length'] extends 6
  ? unknown
  : T extends Payload
    ? T
    : T extends object
      ? { readonly [K in keyof T]-?: Shape<T[K], [0, ...Levels]> }
      : T;
