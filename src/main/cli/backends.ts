import type { BackendStatus } from '../../shared/node-api/backend.ts';
import { EngineHost } from '../engine/host.ts';
import { printJson } from './json-report.ts';
import { table } from './table.ts';

/** `weft backends`: what models can run on here, and why not on the rest. */
export async function backends(options: { readonly json?: true }): Promise<number> {
  const host = new EngineHost();
  try {
    const statuses = await host.backends();
    if (options.json) for (const status of statuses) printJson(status);
    else process.stdout.write(table(statuses.map(row)));
    return 0;
  } finally {
    await host.close();
  }
}

function row(status: BackendStatus): string[] {
  if (!status.available) return [status.name, 'skipped', `${status.reason}: ${status.remedy}`];
  return [status.name, 'available', `${status.device ?? 'unnamed device'}${status.software ? ' (software)' : ''}`];
}
