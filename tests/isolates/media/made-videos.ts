import { execFileSync } from 'node:child_process';

/** Makes a video with the system's FFmpeg: another build than Weft's own, so that neither tests itself. */
export function makeVideo(path: string, ...options: readonly string[]): string {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...options, path]);
  return path;
}

/** FFmpeg's test pattern: moving bars with a clock. */
export function pattern(seconds: number, { size = '64x48', rate = 10 } = {}): string[] {
  return ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${rate}:duration=${seconds}`];
}

/** Colours that change slowly from place to place, so that it does not show how a program spreads them. */
export function gradients(seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `gradients=size=64x48:rate=10:duration=${seconds}:seed=3:speed=0.1`];
}

export interface ProbedVideo {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Frames that decode. */
  readonly frames: number;
  /** When each frame is shown, in seconds. */
  readonly times: readonly number[];
  readonly seconds: number;
  /** Codec of the sound; undefined for a silent one. */
  readonly sound: string | undefined;
}

/** What the system's FFmpeg finds in a video. */
export function probe(path: string): ProbedVideo {
  const json = execFileSync(
    'ffprobe',
    [
      ...['-v', 'error', '-of', 'json'],
      ...['-show_entries', 'stream=codec_type,codec_name,width,height:format=duration:frame=pts_time,media_type'],
      path,
    ],
    { maxBuffer: 2 ** 26 },
  );
  const { streams, format, frames } = JSON.parse(json.toString());
  const video = streams.find((stream: { codec_type: string }) => stream.codec_type === 'video');
  const sound = streams.find((stream: { codec_type: string }) => stream.codec_type === 'audio');
  const pictures = frames.filter((frame: { media_type: string }) => frame.media_type === 'video');
  return {
    codec: video.codec_name,
    width: video.width,
    height: video.height,
    frames: pictures.length,
    times: pictures.map((frame: { pts_time: string }) => Number(frame.pts_time)),
    seconds: Number(format.duration),
    sound: sound?.codec_name,
  };
}

/** A digest of the pixels of each frame, and its time. */
export function frameDigests(path: string): string[] {
  const text = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', '-f', 'framemd5', '-']).toString();
  return text.split('\n').filter((line) => /^\d/.test(line));
}
