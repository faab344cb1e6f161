import { basename } from 'node:path';
import type { VideoSource } from '../../../shared/node-api/media.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { Exit } from '../spawn.ts';
import type { Reply } from './messages.ts';

type Failed = Extract<Reply, { did: 'failed' }>;

/** How a source is called in messages. */
export function nameOf(source: VideoSource): string {
  switch (source.kind) {
    case 'file':
      return basename(source.path);
    case 'camera':
      return `Camera ${source.device}`;
    case 'pattern':
      return 'The test pattern';
  }
}

/** Why a video could not be opened or read. */
export function readError(source: VideoSource, { why, message }: Failed): WeftError {
  const name = nameOf(source);
  const cause = new Error(message);
  if (source.kind === 'camera') {
    return new WeftError(
      'E_CAMERA',
      `${name} gives no pictures: check that it is plugged in, allowed, and not used by another program; \`weft doctor\` lists the cameras.`,
      { cause },
    );
  }
  const path = source.kind === 'file' ? source.path : name;
  switch (why) {
    case 'missing':
      return new WeftError('E_FILE_MISSING', `There is no file ${path}: correct the path.`, { cause });
    case 'refused':
      return new WeftError('E_FILE_READ', `${path} could not be read: check that it is a file, and its rights.`, {
        cause,
      });
    default:
      return new WeftError(
        'E_VIDEO_READ',
        `${name} is damaged or not a video that FFmpeg reads: open another file, or save the video again.`,
        { cause },
      );
  }
}

/** Why a video could not be written. */
export function writeError(path: string, { why, message }: Failed): WeftError {
  const cause = new Error(message);
  if (why === 'sound') {
    return new WeftError(
      'E_VALUE',
      `The sound cannot be copied into ${basename(path)}: choose .mkv, which takes every kind, or leave the sound out.`,
      { cause },
    );
  }
  return new WeftError('E_FILE_WRITE', `${path} could not be written: check rights and free space of its folder.`, {
    cause,
  });
}

export function deathError(doing: string, { reason, lastWords }: Exit): WeftError {
  return new WeftError(
    'E_ISOLATE_DIED',
    `The process that ${doing} ended with ${reason}: run again, or leave this file out.`,
    lastWords === '' ? {} : { cause: new Error(lastWords) },
  );
}

export function unexpected(doing: string, { did }: Reply): WeftError {
  return new WeftError('E_INTERNAL', `The process that ${doing} gave an answer that does not fit (${did}): report it.`);
}
