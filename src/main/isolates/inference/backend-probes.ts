import {
  type AbsentBackend,
  type AvailableBackend,
  BACKEND_NAMES,
  type BackendName,
  type BackendStatus,
} from '../../../shared/node-api/backend.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { Isolate } from '../isolate.ts';
import type { BackendPools } from './backend-pools.ts';
import { BACKENDS, type BuiltBackend, type Lack } from './backends.ts';
import { processorName } from './device.ts';
import { mayHaveGpu } from './gpu-presence.ts';
import { replySchema } from './messages.ts';

/** Time for a backend to run a small model, its process started anew, ms. */
const PROBE_TIMEOUT = 30_000;

const DEADLY: Lack = {
  reason: 'a small model ended its process',
  remedy: 'update the driver of the device, or use another backend',
};

/** What is a backend's own fault. */
class ProbeFailure extends Error {
  readonly lack: Lack;

  constructor(lack: Lack, message: string) {
    super(message);
    this.lack = lack;
  }
}

/** Finds out, once for each backend, whether it works: it runs a small model in a process of its own. */
export class BackendProbes {
  readonly #pools: BackendPools;
  readonly #known = new Map<BackendName, Promise<BackendStatus>>();

  constructor(pools: BackendPools) {
    this.#pools = pools;
  }

  /** Of every backend, in the order of the table. @throws E_ISOLATE_START, E_CANCELLED when the engine is closed */
  all(): Promise<BackendStatus[]> {
    return Promise.all(BACKEND_NAMES.map((name) => this.of(name)));
  }

  of(name: BackendName): Promise<BackendStatus> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const asked = this.#find(name);
    this.#known.set(name, asked);
    // Why a process could not be started says nothing about the backend: the next call tries again.
    asked.catch(() => this.#known.delete(name));
    return asked;
  }

  /** @throws E_BACKEND_MISSING with the reason and the remedy */
  async require(name: BackendName): Promise<AvailableBackend> {
    const status = await this.of(name);
    if (status.available) return status;
    const { reason, remedy, cause } = status;
    throw new WeftError('E_BACKEND_MISSING', `The backend ${name} is not available, since ${reason}: ${remedy}.`, {
      ...(cause === null ? {} : { cause: new Error(cause) }),
    });
  }

  /** Devices beside the processor that work and are real. Without a graphics card nothing is started to find out. */
  async accelerators(): Promise<AvailableBackend[]> {
    if (!mayHaveGpu()) return [];
    const onDevice = BACKEND_NAMES.filter((name) => {
      const backend = BACKENDS[name];
      return backend.runtime !== null && backend.runsOn === 'device';
    });
    const statuses = await Promise.all(onDevice.map((name) => this.of(name)));
    return statuses.filter((status): status is AvailableBackend => status.available && !status.software);
  }

  async #find(name: BackendName): Promise<BackendStatus> {
    // It needs nothing but the processor that Weft itself runs on.
    if (name === 'cpu') return { name, available: true, device: processorName(), software: false };
    const backend = BACKENDS[name];
    if (backend.runtime === null) return absent(name, backend.lack);
    const { platforms, elsewhere } = backend;
    if (platforms !== 'all' && !platforms.includes(`${process.platform}-${process.arch}`))
      return absent(name, elsewhere);
    try {
      return await this.#probe(backend);
    } catch (error) {
      if (!(error instanceof ProbeFailure)) throw error;
      await this.#pools.drop(name);
      return absent(name, error.lack, error.message);
    }
  }

  #probe({ name, broken }: BuiltBackend): Promise<AvailableBackend> {
    const tooLong = new ProbeFailure(broken, `It did not answer within ${PROBE_TIMEOUT / 1_000} s.`);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(tooLong), PROBE_TIMEOUT);
    const threads = this.#pools.threads(name, 'single');
    return this.#pools.run(name, 'single', {
      subject: 'probe',
      runId: `probe of ${name}`,
      signal: controller.signal,
      work: async (isolate: Isolate): Promise<AvailableBackend> => {
        const { reply } = await isolate.ask({ ask: 'probe', backend: name, threads }, replySchema);
        if (reply.did === 'probed') return { name, available: true, device: reply.device, software: reply.software };
        throw new ProbeFailure(broken, reply.did === 'failed' ? reply.message : `It answered with ${reply.did}.`);
      },
      died: ({ reason, lastWords }) =>
        new ProbeFailure(DEADLY, `Its process ended with ${reason}.${lastWords === '' ? '' : ` ${lastWords}`}`),
      isOneRequest: () => false,
      settled: () => clearTimeout(timer),
    });
  }
}

function absent(name: BackendName, { reason, remedy }: Lack, cause: string | null = null): AbsentBackend {
  return { name, available: false, reason, remedy, cause };
}
