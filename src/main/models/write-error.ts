import { WeftError } from '../../shared/node-api/weft-error.ts';

/** What a disk, or a quota, says when it is full. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** E_FILE_WRITE for an error of the file system; any other error as it is. */
export function asWriteError(path: string, cause: unknown): unknown {
  // Only errors of the file system name a system call at their top.
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause;
  const { code = '' } = cause as NodeJS.ErrnoException;
  const todo = FULL.has(code) ? 'make room on the disk' : 'check the rights of its folder';
  return new WeftError('E_FILE_WRITE', `${path} could not be written (${code}): ${todo}, then try again.`, { cause });
}
