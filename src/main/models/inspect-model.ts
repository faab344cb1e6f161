import { BACKEND_NAMES } from '../../shared/node-api/backend.ts';
import type { ModelContents, ModelInspection } from '../../shared/protocol/model-inspection.ts';
import { readModelContents } from './describe-model.ts';
import { purposeOf } from './model-purpose.ts';
import { refusalOf, refusalOn } from './model-support.ts';

/**
 * Reads a model and tells what it is for, and what cannot run it.
 * @throws what `readModelContents` throws
 */
export async function inspectModel(path: string): Promise<ModelInspection> {
  const contents = await readModelContents(path);
  return { ...contents, purpose: purposeOf(contents), refusals: refusalsOf(contents) };
}

function refusalsOf(contents: ModelContents): ModelInspection['refusals'] {
  const onAll = refusalOf(contents);
  return BACKEND_NAMES.flatMap((backend) => {
    const reason = onAll ?? refusalOn(backend, contents);
    return reason === null ? [] : [{ backend, reason }];
  });
}
