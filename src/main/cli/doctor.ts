import { availableParallelism, totalmem } from 'node:os';
import { EngineHost } from '../engine/host.ts';
import { cacheFolder, homeNodes, listedNodes } from '../registry/folders.ts';
import { table } from './table.ts';

/** `weft doctor`: what this machine can do, and why not more. */
export async function doctor(): Promise<number> {
  const host = new EngineHost();
  try {
    const facts = { ...machine(), ...(await host.doctor()) };
    process.stdout.write(table(Object.entries(facts)));
    return 0;
  } finally {
    await host.close();
  }
}

function machine(): Record<string, string> {
  return {
    Node: `${process.version} on ${process.platform}-${process.arch}`,
    Cores: String(availableParallelism()),
    Memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    'Node folders': [...listedNodes(process.env), homeNodes()].join(', '),
    'Cache folder': cacheFolder(process.env),
  };
}
