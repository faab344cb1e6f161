import { readFile } from 'node:fs/promises';
import { isAlive } from '../models/file-lock.ts';

/** Tells a process from all others, later ones with the same pid too where the system says when a process began. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own unit; null where it cannot be told. */
  readonly started: string | null;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: await startOf(process.pid) };
}

export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return isAlive(pid) && (started === null || (await startOf(pid)) === started);
}

/** proc(5): the 22nd field of `stat`; the second, the program's name in parentheses, may hold anything. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
