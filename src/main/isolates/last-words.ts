import type { Readable } from 'node:stream';
import type { Exit } from './spawn.ts';

/** The end of what a stream carries: room for a native stack trace and the line above it that says why. */
export function endOf(stream: Readable): () => string {
  const kept = 16_384;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-kept);
  });
  return () => text;
}

/** How a process ended, from what the system and the end of its stderr say. */
export function exitOf(code: number | null, signal: NodeJS.Signals | null, stderr: string): Exit {
  return { reason: exitReason(code, signal, stderr), lastWords: lastWords(stderr) };
}

function exitReason(code: number | null, signal: NodeJS.Signals | null, stderr: string): string {
  // V8 (which traps in Electron) and C++ abort when memory runs out; only their last words tell it from another abort.
  const aborted = signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL';
  if (aborted && /heap out of memory|bad_alloc/.test(stderr)) return 'out of memory';
  return signal ?? `exit code ${code}`;
}

/** The last line of stderr that is not a part of a stack trace. */
function lastWords(stderr: string): string {
  const trace = /^\s*(\d+: |at |-----|Node\.js v|$)/;
  return (
    stderr
      .split('\n')
      .findLast((line) => !trace.test(line))
      ?.trim() ?? ''
  );
}
