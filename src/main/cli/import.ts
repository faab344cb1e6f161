import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { importWfEngine } from '../../shared/graph/import/wf-engine.ts';
import { writeGraph } from '../../shared/graph/write.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { EngineHost } from '../engine/host.ts';
import { writeFile } from '../engine/write-file.ts';
import { problemStatus } from './exit-status.ts';
import { formatProblem } from './format-problem.ts';

/** `weft import`: a workflow of wf-engine as a graph. What does not go over as it was is told on stderr. */
export async function importWorkflow(file: string, { out }: { readonly out?: string }): Promise<number> {
  if (out !== undefined && resolve(out) === resolve(file)) {
    throw new WeftError('E_USAGE', `${file} is the workflow itself: name another file for the graph.`);
  }
  const text = await readText(file);
  const imported = importWfEngine(text, await installedNodes());
  if (imported.kind === 'refused') {
    for (const problem of imported.problems) process.stderr.write(`${formatProblem(problem, process.stderr)}\n`);
    return problemStatus(imported.problems);
  }
  for (const note of imported.notes) process.stderr.write(`${note}\n`);
  for (const { node, of } of imported.placeholders) {
    process.stderr.write(`${node} is a placeholder, for ${of} is not there: replace it, or install what has it.\n`);
  }
  const graph = writeGraph(imported.graph);
  if (out === undefined) process.stdout.write(graph);
  else await writeFile(resolve(out), Buffer.from(graph));
  return 0;
}

async function installedNodes() {
  const host = new EngineHost();
  try {
    const { nodes } = await host.nodes();
    const byType = new Map(nodes.map((node) => [node.id, node]));
    return (type: string) => byType.get(type);
  } finally {
    await host.close();
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new WeftError('E_FILE_MISSING', `${file} is not there: correct the path.`, { cause });
    throw new WeftError('E_FILE_READ', `${file} could not be read (${code}): check its rights.`, { cause });
  }
}
