import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** `script`, which Debian always has, gives a program a terminal of its own; elsewhere it takes other options. */
export const hasTerminals = process.platform === 'linux';

/** A shell command at work in a terminal. */
export class Terminal implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  #text = '';
  #news = () => {};

  constructor(command: string) {
    this.#child = spawn('script', ['--quiet', '--command', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.#text += text;
      this.#news();
    });
    this.#child.on('close', () => this.#news());
  }

  /** All that stood in the terminal so far. */
  get text(): string {
    return this.#text;
  }

  press(key: string): void {
    this.#child.stdin?.write(key);
  }

  /** Waits until it shows something, after `from` characters. Returns where that ends. @throws Error when it ends without */
  async shows(pattern: RegExp, from = 0): Promise<number> {
    for (;;) {
      const found = pattern.exec(this.#text.slice(from));
      if (found !== null) return from + found.index + found[0].length;
      if (this.#child.exitCode !== null) throw new Error(`The terminal never showed ${pattern}:\n${this.#text}`);
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
  }

  async ended(): Promise<void> {
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGHUP');
    await this.#ended;
  }
}
