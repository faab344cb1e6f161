import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Inference,
  type InferenceCall,
  type InferenceOptions,
} from '../../../src/main/isolates/inference/inference.ts';
import { nodeSpawner } from '../../../src/main/isolates/spawn-node.ts';
import { Arena } from '../../../src/main/store/arena.ts';
import { HeapBacking } from '../../../src/main/store/backing.ts';
import { CallScope } from '../../../src/main/store/call-scope.ts';
import { SegmentPool } from '../../../src/main/store/segment-pool.ts';
import type { BackendChoice } from '../../../src/shared/node-api/backend.ts';
import type { Model } from '../../../src/shared/node-api/model.ts';
import type { NumericDType, Tensor } from '../../../src/shared/node-api/tensor.ts';

// Segments last as long as the process, so all workbenches of a test file use the same.
const shared = new SegmentPool();
const unshared = new SegmentPool({ backing: new HeapBacking('a test') });

export interface WorkbenchOptions extends Partial<Pick<InferenceOptions, 'refuseUnsupported' | 'spawner'>> {
  readonly sharing?: boolean;
  readonly budgetBytes?: number;
}

/** An arena that poisons what is freed, inference on it, and a call's scope; with models written to a folder. */
export class Workbench implements AsyncDisposable {
  readonly arena: Arena;
  readonly inference: Inference;
  readonly scope: CallScope;
  readonly folder = mkdtempSync(join(tmpdir(), 'weft-test-'));
  readonly #segments: SegmentPool;

  constructor({ sharing = true, budgetBytes = 2 ** 28, ...options }: WorkbenchOptions = {}) {
    this.#segments = sharing ? shared : unshared;
    this.arena = new Arena(this.#segments, { budgetBytes, poison: true });
    this.inference = new Inference({ spawner: nodeSpawner(), ...options, arena: this.arena });
    this.scope = new CallScope(this.arena);
  }

  write(bytes: Uint8Array, name = 'model.onnx'): string {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  load(
    bytes: Uint8Array,
    { name, backend = 'auto', ...call }: Partial<InferenceCall> & { name?: string; backend?: BackendChoice } = {},
  ): Promise<Model> {
    return this.inference.load(this.write(bytes, name), backend, { ...ordinary(), ...call });
  }

  run(
    model: Model,
    inputs: Readonly<Record<string, Tensor>>,
    { scope = this.scope, ...call }: Partial<InferenceCall> & { scope?: CallScope } = {},
  ): Promise<Map<string, Tensor>> {
    const allocate = (dtype: NumericDType, shape: readonly number[]) => scope.tensor(dtype, shape);
    return this.inference.run(model, new Map(Object.entries(inputs)), { ...ordinary(), ...call, allocate });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inference.close();
    this.scope.close();
    this.#segments.reclaim();
    rmSync(this.folder, { recursive: true });
  }
}

function ordinary(): InferenceCall {
  return { runId: 'run', signal: new AbortController().signal, parallel: 'single' };
}
