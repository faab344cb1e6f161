import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Redrawing more often than this is only flicker. */
const REDRAW_MS = 100;

/** Lines that change in place at the bottom of a terminal, below those that stay. Elsewhere only the latter appear. */
export class LiveLines {
  readonly #stream: WriteStream;
  readonly #lines = new Map<string, string>();
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  set(key: string, text: string): void {
    if (!this.#stream.isTTY) return;
    this.#lines.set(key, text);
    this.#timer ??= setTimeout(() => this.#redraw(), REDRAW_MS);
  }

  remove(key: string): void {
    this.#lines.delete(key);
  }

  /** Prints a line that stays. */
  print(line: string): void {
    this.#clear();
    this.#stream.write(`${line}\n`);
    if (this.#lines.size > 0) this.#timer ??= setTimeout(() => this.#redraw(), REDRAW_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#lines.clear();
    this.#clear();
  }

  #redraw(): void {
    this.#timer = undefined;
    this.#clear();
    // A line that wraps or a block taller than the window cannot be taken back. Some terminals give their size as 0.
    const rows = this.#stream.rows || 24;
    const columns = this.#stream.columns || 80;
    const lines = [...this.#lines.values()].slice(0, rows - 2);
    for (const line of lines) this.#stream.write(`${line.slice(0, columns - 1)}\n`);
    this.#drawn = lines.length;
  }

  #clear(): void {
    if (this.#drawn === 0) return;
    moveCursor(this.#stream, 0, -this.#drawn);
    clearScreenDown(this.#stream);
    this.#drawn = 0;
  }
}
