import type { CameraNews, CameraRequest } from '../../shared/protocol/camera.ts';
import type { EngineHost } from '../engine/host.ts';

/** The cameras of one window that runs see with. */
export class SessionCameras {
  readonly #engine: EngineHost;
  readonly #window: string;
  readonly #captures = new Set<string>();
  readonly #stop: () => void;

  /** @param ask asks the window */
  constructor(engine: EngineHost, window: string, ask: (request: CameraRequest) => void) {
    this.#engine = engine;
    this.#window = window;
    const stopAsking = engine.onCamera((whom, request) => {
      if (whom !== window) return;
      if (request.ask === 'open') this.#captures.add(request.capture);
      if (request.ask === 'close') this.#captures.delete(request.capture);
      ask(request);
    });
    const stopListening = engine.onEngine(({ state }) => {
      if (state !== 'restarted') return;
      // The engine that had asked for them is gone.
      for (const capture of this.#captures) ask({ ask: 'close', capture });
      this.#captures.clear();
    });
    this.#stop = () => {
      stopAsking();
      stopListening();
    };
  }

  /** One is being opened, or open: the time when the page may have the camera. */
  get inUse(): boolean {
    return this.#captures.size > 0;
  }

  tell(news: CameraNews): void {
    this.#engine.tellCamera(this.#window, news);
  }

  close(): void {
    this.#captures.clear();
    this.#stop();
  }
}
