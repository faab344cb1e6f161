import { AVERROR_EACCES, AVERROR_EIO, AVERROR_EISDIR, AVERROR_ENOENT, AVERROR_EPERM } from 'node-av/constants';
import { FFmpegError } from 'node-av/lib';
import type { FailureKind } from './messages.ts';

/** Something that FFmpeg could not do. */
export class FfmpegFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Gives back what a call of FFmpeg returned. `doing`: what it was to do, for the message.
 * @throws FfmpegFailure for a negative number
 */
export function checked(result: number, doing: string, kind = kindOf(result)): number {
  if (result < 0) throw new FfmpegFailure(kind, `${doing}: ${FFmpegError.strerror(result)}`);
  return result;
}

const REFUSED: readonly number[] = [AVERROR_EACCES, AVERROR_EPERM, AVERROR_EISDIR, AVERROR_EIO];

function kindOf(result: number): FailureKind {
  if (result === AVERROR_ENOENT) return 'missing';
  return REFUSED.includes(result) ? 'refused' : 'other';
}
