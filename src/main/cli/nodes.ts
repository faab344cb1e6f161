import type { NodeSignature } from '../../shared/node-api/signature.ts';
import { EngineHost } from '../engine/host.ts';
import { formatNode } from './format-node.ts';
import { printJson } from './json-report.ts';
import { table } from './table.ts';

/** `weft nodes`: the catalogue, the nodes that match a query, or one node in full. */
export async function nodes(query: string | undefined, options: { readonly json?: true }): Promise<number> {
  const host = new EngineHost();
  try {
    const { nodes: found, problems } = await host.nodes(query);
    if (options.json) for (const node of found) printJson(node);
    else process.stdout.write(found.length === 1 ? formatNode(found[0]) : table(found.map(row)));
    for (const { report } of problems) process.stderr.write(`${report.code}: ${report.message}\n`);
    if (found.length === 0) process.stderr.write(`No node matches ${query}; \`weft nodes\` lists them all.\n`);
    return 0;
  } finally {
    await host.close();
  }
}

function row({ id, title, summary }: NodeSignature): string[] {
  return [id, title, summary];
}
