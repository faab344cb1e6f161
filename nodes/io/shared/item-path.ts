import { WeftError } from 'weft';

/**
 * The path that one item is written to: `{index}` and `{name}` filled in. Items of a stream need different paths, or each
 * would replace the one before.
 * @throws E_VALUE
 */
export function itemPath(path: string, name: string | undefined, item: number | null): string {
  if (item !== null && !/\{(index|name)\b/.test(path)) {
    throw refusedPath('Every item of the stream would replace the one before: put {index} into the path.');
  }
  return path.replaceAll(/\{(\w*)(?::(\d+))?\}/g, (placeholder, key: string, digits: string | undefined) => {
    if (key === 'index') return String(item ?? 0).padStart(Number(digits ?? 0), '0');
    if (key !== 'name' || digits !== undefined) {
      throw refusedPath(`${placeholder} means nothing in a path: use {index}, {index:04} or {name}.`);
    }
    if (name === undefined) throw refusedPath('The path has {name}, but nothing is wired to the input name: wire it.');
    if (!name.split('/').every(isPlain)) {
      throw refusedPath(`${JSON.stringify(name)} cannot stand in a path: give a plain name, as cats/tom.`);
    }
    return name;
  });
}

/** A name may come from anywhere, so it must not lead out of the folder of the path. */
function isPlain(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[\\:]/.test(part);
}

/** The error for a path that cannot be written to. */
export function refusedPath(message: string): WeftError {
  return new WeftError('E_VALUE', message, { pin: 'path' });
}
