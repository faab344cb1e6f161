import type { JsonValue } from '../../shared/node-api/pins.ts';

/** Columns are the keys of all rows, in the order in which they come; null for what is no list of objects. */
export function tableOf(value: JsonValue): { columns: string[]; rows: (JsonValue | undefined)[][] } | null {
  if (!isList(value) || value.length === 0) return null;
  const objects = value.filter(isObject);
  if (objects.length !== value.length) return null;
  const columns = [...new Set(objects.flatMap(Object.keys))];
  return { columns, rows: objects.map((object) => columns.map((column) => object[column])) };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
