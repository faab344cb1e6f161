import type { Models } from '../../shared/node-api/context.ts';
import type { Allocate } from '../isolates/inference/handover.ts';
import type { Inference } from '../isolates/inference/inference.ts';
import type { CallContext } from './call-context.ts';
import type { Plan } from './plan.ts';
import { onWorkOf, type Recorder } from './recorder.ts';

/** Models as one call of a node's body sees them. `recorder` is told when a process works on them. */
export function modelsForNode(
  context: CallContext,
  plan: Plan,
  recorder: Recorder | null,
  inference: () => Promise<Inference>,
): Models {
  const call = () => ({
    runId: context.run,
    signal: context.signal,
    parallel: keepsCoresBusy(plan) ? ('stream' as const) : ('single' as const),
    onWork: onWorkOf(context, recorder),
  });
  const allocate: Allocate = (dtype, shape) => context.tensor(dtype, shape);
  return {
    download: async (name) => (await import('./download-for-node.ts')).downloadForNode(name, context),
    load: async (path, options = {}) => {
      await context.fingerprint(path);
      return (await inference()).load(path, options.backend ?? 'auto', call());
    },
    run: async (model, inputs) => (await inference()).run(model, inputs, { ...call(), allocate }),
    benchmark: async (path, request) => (await inference()).benchmark(path, request, { ...call(), allocate }),
    backends: async () => (await inference()).backends(),
  };
}

/**
 * Whether a model shall run on several items at a time, one core each, since there are always some to run it on. A camera
 * has one at a time, and what counts is how soon that is through.
 */
function keepsCoresBusy({ nodes, scopes }: Plan): boolean {
  return scopes.length > 1 && scopes.every(({ source }) => nodes[source]?.signature.live !== true);
}
