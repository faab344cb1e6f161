import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events } from '../cli/weft.ts';
import { graphOf } from '../engine/test-graph.ts';
import { makeVideo, pattern } from '../isolates/media/made-videos.ts';

let folder: string;
let film: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-video-full-disk-'));
  film = makeVideo(join(folder, 'film.mp4'), ...pattern(20, { size: '640x480', rate: 50 }), '-pix_fmt', 'yuv420p');
});

afterAll(() => rmSync(folder, { recursive: true }));

test.for(['mp4', 'mkv', 'webm'])(
  'a disk that fills up while a .%s is written: one sentence says so, and what there is plays',
  {
    timeout: 60_000,
  },
  (extension, { skip }) => {
    if (!mayMount()) {
      console.log('skipped: only root on Linux can make a small disk');
      return skip();
    }
    const disk = join(folder, `disk-${extension}`);
    mkdirSync(disk);
    const graph = join(folder, `${extension}.weft.json`);
    const file = join(disk, `full.${extension}`);
    writeFileSync(graph, JSON.stringify(copyGraph(file)));
    // The disk is there for these processes alone, and gone with them.
    const command = `mount -t tmpfs -o size=100k tmpfs ${disk}; "$@"; echo "$?"; ${COUNT_FRAMES} ${file}`;
    const weft = [process.execPath, 'bin/weft.js', 'run', graph, '--out', disk, '--json'];
    const { stdout } = spawnSync('unshare', ['-m', 'sh', '-c', command, 'sh', ...weft], { encoding: 'utf8' });
    const lines = stdout.trimEnd().split('\n');
    const [status, frames] = lines.slice(-2);
    const finished = events(lines.slice(0, -2).join('\n')).at(-1);
    expect(finished).toMatchObject({
      status: 'failed',
      error: {
        code: 'E_FILE_WRITE',
        node: 'write',
        message: `${file} could not be written: check rights and free space of its folder.`,
      },
    });
    expect(status).toBe('1');
    expect(Number(frames)).toBeGreaterThan(50);
  },
);

const COUNT_FRAMES = 'ffprobe -v quiet -count_frames -show_entries stream=nb_read_frames -of default=nk=1:nw=1';

function copyGraph(to: string) {
  return graphOf(
    [
      { id: 'read', type: 'video/read@1', params: { path: film } },
      { id: 'write', type: 'video/write@1', params: { path: to } },
    ],
    ['read.frame -> write.image'],
  );
}

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
