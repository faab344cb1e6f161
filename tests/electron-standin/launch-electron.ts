import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron } from 'playwright-core';
import { electronBinary } from '../../tools/electron-binary.ts';
import { sandboxFlags } from '../../tools/system-browser.ts';
import type { DesktopApp, LaunchOptions } from './desktop-app.ts';

export function startElectron({ program, args = [], env, cwd }: LaunchOptions): ChildProcess {
  return spawn(requiredBinary(), [program, ...args, ...sandboxFlags()], { env, cwd, stdio: 'ignore' });
}

/** Starts the desktop app under Electron itself. Never run where this was written: see docs/desktop-verification.md. */
export async function launchElectron({ program, args = [], env, cwd }: LaunchOptions): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath: requiredBinary(),
    args: [program, ...args, ...sandboxFlags()],
    env: definedOnly(env),
    cwd,
  });
  const child = app.process();
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code);
  return {
    // A process that Playwright has connected to has a pid.
    pid: child.pid as number,
    exited,
    stderr: () => stderr,
    page: () => app.firstWindow(),
    // Sound: Playwright's own type of the argument asks for what can be serialized, as ours is.
    evaluate: app.evaluate.bind(app) as DesktopApp['evaluate'],
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function requiredBinary(): string {
  const binary = electronBinary();
  if (binary === null) throw new Error("Electron's program is not here: run `npx install-electron` first.");
  return binary;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
