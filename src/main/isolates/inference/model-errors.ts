import { basename } from 'node:path';
import type { BackendName } from '../../../shared/node-api/backend.ts';
import type { Model } from '../../../shared/node-api/model.ts';
import { WeftError } from '../../../shared/node-api/weft-error.ts';
import type { ModelDescription } from '../../models/describe-model.ts';
import { refusalOf, refusalOn } from '../../models/model-support.ts';
import type { Exit } from '../spawn.ts';

/** Refuses, by name, what would end the process or fail while running. @throws E_MODEL_UNSUPPORTED */
export function refuseUnsupported(description: ModelDescription): void {
  const reason = refusalOf(description);
  if (reason !== null) throw new WeftError('E_MODEL_UNSUPPORTED', reason);
}

/** Refuses what one backend alone cannot load. @throws E_MODEL_UNSUPPORTED */
export function refuseOnBackend(description: ModelDescription, backend: BackendName): void {
  const reason = refusalOn(backend, description);
  if (reason !== null) throw new WeftError('E_MODEL_UNSUPPORTED', reason);
}

/** Why ONNX Runtime did not load a model, from the text it gave. */
export function loadError(path: string, text: string): WeftError {
  const file = basename(path);
  const cause = new Error(text);
  if (OUT_OF_MEMORY.test(text)) return memoryError(file, cause);
  if (NOT_SUPPORTED.test(text)) {
    return new WeftError(
      'E_MODEL_UNSUPPORTED',
      `${file} needs something this ONNX Runtime does not have: export it with other operators or an older opset.`,
      { cause },
    );
  }
  return new WeftError('E_MODEL_LOAD', `${file} could not be loaded by ONNX Runtime: download or export it again.`, {
    cause,
  });
}

/** Why a run failed, from the text of ONNX Runtime. */
export function runError(path: string, text: string): WeftError {
  const file = basename(path);
  const cause = new Error(text);
  if (OUT_OF_MEMORY.test(text)) return memoryError(file, cause);
  return new WeftError(
    'E_MODEL_RUN',
    `${file} failed while it ran: check that its inputs hold what the model was made for.`,
    { cause },
  );
}

export function deathError(path: string, { reason, lastWords }: Exit): WeftError {
  return new WeftError(
    'E_ISOLATE_DIED',
    `The process that ran ${basename(path)} ended with ${reason}: run again, give the node attempts, or try another backend.`,
    lastWords === '' ? {} : { cause: new Error(lastWords) },
  );
}

export function blockedError({ path, backend }: Model): WeftError {
  return new WeftError(
    'E_MODEL_BLOCKED',
    `${basename(path)} ended its process three times within five minutes on ${backend}: try another backend, or unblock it to try again.`,
  );
}

const OUT_OF_MEMORY = /bad_alloc|out of memory|failed to allocate/i;
const NOT_SUPPORTED =
  /no op registered|not a registered function|could not find an implementation|unsupported model ir version|is under development/i;

function memoryError(file: string, cause: Error): WeftError {
  return new WeftError(
    'E_DEVICE_MEMORY',
    `There is too little memory to run ${file}: use a smaller model or input, or another backend.`,
    { cause },
  );
}
