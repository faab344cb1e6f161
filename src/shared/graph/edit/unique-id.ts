import { NODE_ID } from '../document.ts';

/** `base`, or `base-2`, `base-3` … when that is taken. What cannot stand in an id is left out of the base. */
export function uniqueId(base: string, taken: (id: string) => boolean): string {
  const letters = base.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  const stem = letters.replace(/^[^a-z]+/, '').replace(/-+$/, '');
  const first = NODE_ID.test(stem) ? stem : 'node';
  if (!taken(first)) return first;
  const root = first.replace(/-\d+$/, '');
  for (let number = 2; ; number++) if (!taken(`${root}-${number}`)) return `${root}-${number}`;
}
