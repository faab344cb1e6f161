import type { LogLine } from '../state/run-state.ts';

/** From what is worth least to what is gravest. */
export const LEVELS = ['debug', 'info', 'warning', 'error'] as const satisfies readonly LogLine['level'][];

/** Lines of a level or a graver one that have all the words, in whatever case. */
export function filterLog(log: readonly LogLine[], least: LogLine['level'], words: string): readonly LogLine[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const lowest = LEVELS.indexOf(least);
  return log.filter((line) => {
    const text = `${line.node ?? ''} ${line.message}`.toLowerCase();
    return LEVELS.indexOf(line.level) >= lowest && wanted.every((word) => text.includes(word));
  });
}
