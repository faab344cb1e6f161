import type { JsonValue } from '../../node-api/pins.ts';

export type JsonObject = { readonly [key: string]: JsonValue };

/** One step from a version of the file format to the next. */
export interface Migration {
  /** What it changes, as `rename-threshold-to-confidence`. */
  readonly name: string;
  /** The document in the next version; keys it does not know stay as they are. `weft` is set by the caller. */
  migrate(document: JsonObject): JsonObject;
}

/** In order: the first leads from version 1 to 2. A released one is never changed. */
export const MIGRATIONS: readonly Migration[] = [];

/** Brings a document of `version` up to the newest one, which is 1 + the number of migrations. */
export function migrate(document: JsonObject, version: number, migrations = MIGRATIONS): JsonObject {
  const steps = migrations.slice(version - 1);
  if (steps.length === 0) return document;
  const migrated = steps.reduce((current, step) => step.migrate(current), document);
  return { ...migrated, weft: migrations.length + 1 };
}
