import { z } from 'zod';

/** Where the node types that were inserted last are kept, in the browser's local storage. */
const KEY = 'weft.recent-nodes';
const MOST = 12;

/** Ids of node types, the newest first. */
export function recentTypes(): readonly string[] {
  const text = localStorage.getItem(KEY);
  if (text === null) return [];
  try {
    return z.array(z.string()).catch([]).parse(JSON.parse(text));
  } catch {
    // Touched by hand: what was used lately is not worth a message.
    return [];
  }
}

export function rememberType(type: string): void {
  const others = recentTypes().filter((other) => other !== type);
  localStorage.setItem(KEY, JSON.stringify([type, ...others].slice(0, MOST)));
}
