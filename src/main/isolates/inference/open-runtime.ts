import type { BackendName } from '../../../shared/node-api/backend.ts';
import { BACKENDS } from './backends.ts';
import type { Runtime } from './runtime.ts';

/** The code of a runtime is loaded by the isolates that use it, and only there. @throws Error */
export async function openRuntime(name: BackendName): Promise<Runtime> {
  const backend = BACKENDS[name];
  switch (backend.runtime) {
    case 'native':
      return (await import('./native-runtime.ts')).openNativeRuntime(backend);
    case 'web':
      return (await import('./web-runtime.ts')).openWebRuntime(backend);
    case null:
      throw new Error(backend.lack.reason);
  }
}
