import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { IsolateKind } from '../../src/main/isolates/spawn.ts';

/** Processes are looked at through /proc, which only Linux has. */
export const hasProc = process.platform === 'linux';

/** The command line at work, with `--json`. */
export interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  /** All that it has printed so far, whole lines. */
  readonly lines: readonly string[];
  /** Resolves with the first event that `wanted` is true of. @throws Error when it ends without. */
  event(wanted: (event: RunningEvent) => boolean): Promise<RunningEvent>;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface RunningEvent {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** Starts `weft run … --json` in a process of its own. */
export function startRun(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, ['bin/weft.js', 'run', ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let seen = () => {};
  let over = false;
  createInterface({ input: child.stdout as Readable }).on('line', (line) => {
    lines.push(line);
    seen();
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      over = true;
      seen();
      // One of the two is there once it has ended.
      resolve(code ?? (signal as NodeJS.Signals));
    });
  });
  return {
    process: child,
    pid: child.pid as number,
    lines,
    ended,
    async event(wanted) {
      for (let k = 0; ; k++) {
        while (k === lines.length) {
          if (over) throw new Error(`The run ended without the event:\n${lines.join('\n')}`);
          await new Promise<void>((resolve) => {
            seen = resolve;
          });
        }
        const event: RunningEvent = JSON.parse(lines[k]);
        if (wanted(event)) return event;
      }
    },
  };
}

/** The isolates of a kind that a process has started and that are alive. */
export function isolatesOf(pid: number, kind: IsolateKind = 'inference'): number[] {
  const isChild = new RegExp(`^PPid:\\s${pid}$`, 'm');
  return processes().filter(
    (child) =>
      isChild.test(read(child, 'status')) && isAtWork(child) && read(child, 'cmdline').includes(`${kind}-isolate`),
  );
}

/** False too for one that has ended and that its parent has not asked about yet. */
export function isAtWork(pid: number): boolean {
  const status = read(pid, 'status');
  return status !== '' && !/^State:\sZ/m.test(status);
}

/** The processes that have `name=value` in their environment. */
export function processesWith(name: string, value: string): number[] {
  return processes().filter((pid) => read(pid, 'environ').split('\0').includes(`${name}=${value}`));
}

/** What the file descriptors of this process lead to, counted by kind. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) !== '';
    } catch {
      // The one that listed the folder.
      return false;
    }
  }).length;
}

/** Bytes of memory that a process has in use; 0 when it has ended. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) * 1024;
}

/** Time that a process has spent on the processor, s; 0 when it has ended. */
export function processorSeconds(pid: number): number {
  // Behind the name in parentheses, fields 14 and 15: in user and in kernel mode, hundredths of a second.
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

function processes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Empty when the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
