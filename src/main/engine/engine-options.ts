import type { IsolateSpawner } from '../isolates/spawn.ts';
import type { SegmentSource } from '../store/segment.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { DeliverPreviews } from './previews/previews.ts';
import type { AskCamera } from './window-cameras.ts';

export interface EngineOptions {
  readonly segments: SegmentSource;
  readonly spawner: IsolateSpawner;
  readonly heartbeat: Heartbeat;
  /** Most bytes that values may hold; half of the memory there is when left out. */
  readonly budgetBytes?: number;
  readonly nodesFolders?: readonly string[];
  /** For tests: freed memory is filled with a pattern. */
  readonly poison?: boolean;
  /** Checks that nodes do not write into their inputs; costs a checksum of each input. */
  readonly checkInputs?: boolean;
  /** False lets models run that are known to kill their process. For tests of isolation. */
  readonly refuseUnsupported?: boolean;
  /** Calls in flight in one run. */
  readonly maxParallel?: number;
  /** Items of one stream in flight. */
  readonly window?: number;
  /** Takes what windows that watch pins are to show. */
  readonly deliverPreviews?: DeliverPreviews;
  /** Asks windows for what their cameras see; without it the engine opens all cameras itself. */
  readonly askCamera?: AskCamera;
}
