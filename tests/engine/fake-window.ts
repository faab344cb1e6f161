import { setTimeout as wait } from 'node:timers/promises';
import { vi } from 'vitest';
import { frameBytes } from '../../src/shared/node-api/frame.ts';
import type { CameraFailure, CameraNews, CameraRequest } from '../../src/shared/protocol/camera.ts';

type Untold<N> = N extends CameraNews ? Omit<N, 'capture'> : never;

/** A window with one camera, as far as an engine can tell. All samples of frame `k` are `k % 200`. */
export class FakeWindow {
  readonly requests: CameraRequest[] = [];
  /** Takes what the window tells. */
  tell: (news: CameraNews) => void = () => {};
  /** Number of the frame that is captured next. */
  count = 0;
  /** Frames that were sent, and the number of the last. */
  sent = 0;
  lastSent = -1;
  readonly #id: string;
  #wanted = false;
  /** Number of the newest frame, while it was not sent. */
  #newest: number | null = null;
  #filming: NodeJS.Timeout | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  asked(whom: string, request: CameraRequest): void {
    if (whom !== this.#id) return;
    this.requests.push(request);
    if (request.ask === 'frame') {
      this.#wanted = true;
      this.#send();
    }
    if (request.ask === 'close') this.stopFilm();
  }

  /** Answers the request for a camera. */
  async opened(): Promise<void> {
    const { width, height } = await this.#openRequest();
    this.say({ news: 'opened', name: 'Test camera', width, height, fps: 10, beganAt: Date.now() });
  }

  async fail(why: CameraFailure): Promise<void> {
    await this.#openRequest();
    this.say({ news: 'failed', why });
  }

  /** Captures a frame once the engine wants one, or has closed the camera. */
  async give(): Promise<void> {
    const isClosed = () => this.requests.at(-1)?.ask === 'close';
    while (!this.#wanted && !isClosed()) await wait(1);
    if (this.#wanted && !isClosed()) this.#capture();
  }

  /** Captures a frame every `ms`, and sends those that are wanted, until the camera is closed. */
  film(ms: number): void {
    this.#filming = setInterval(() => this.#capture(), ms);
  }

  stopFilm(): void {
    clearInterval(this.#filming);
  }

  say(news: Untold<CameraNews>): void {
    const { capture } = this.requests[0];
    this.tell({ ...news, capture } as CameraNews);
  }

  reset(): void {
    this.stopFilm();
    this.requests.length = 0;
    this.#wanted = false;
    this.#newest = null;
    this.count = 0;
    this.sent = 0;
    this.lastSent = -1;
  }

  #capture(): void {
    this.#newest = this.count++;
    this.#send();
  }

  #send(): void {
    if (!this.#wanted || this.#newest === null) return;
    const index = this.#newest;
    this.#wanted = false;
    this.#newest = null;
    this.sent++;
    this.lastSent = index;
    const planes = new Uint8Array(frameBytes(64, 48)).fill(index % 200);
    const colour = { matrix: 'bt601', full: false } as const;
    this.say({ news: 'frame', index, seconds: index / 10, width: 64, height: 48, colour, planes });
  }

  #openRequest(): Promise<Extract<CameraRequest, { ask: 'open' }>> {
    return vi.waitFor(() => {
      const request = this.requests.at(0);
      if (request?.ask !== 'open') throw new Error('No camera was asked for.');
      return request;
    }, 20_000);
  }
}
