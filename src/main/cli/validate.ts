import { resolve } from 'node:path';
import { EngineHost } from '../engine/host.ts';
import { problemStatus } from './exit-status.ts';
import { formatProblem } from './format-problem.ts';
import { printJson } from './json-report.ts';

/** `weft validate`: everything that is wrong with a graph, found without running any of it. */
export async function validate(graph: string, options: { readonly json?: true }): Promise<number> {
  const host = new EngineHost();
  try {
    const { problems, notes } = await host.validate({ graph: { path: resolve(graph) }, cwd: process.cwd() });
    if (options.json) {
      for (const problem of problems) printJson({ event: 'problem', ...problem });
      printJson({ event: 'validated', problems: problems.length, notes });
    } else {
      for (const problem of problems) process.stdout.write(`${formatProblem(problem, process.stdout)}\n`);
      for (const note of notes) process.stderr.write(`${note}\n`);
      process.stderr.write(`${problems.length === 1 ? '1 problem' : `${problems.length || 'No'} problems`}.\n`);
    }
    return problemStatus(problems);
  } finally {
    await host.close();
  }
}
