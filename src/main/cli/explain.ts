import type { ExplainedNode, Explanation } from '../../shared/protocol/engine-calls.ts';
import { problemStatus } from './exit-status.ts';
import { formatProblem } from './format-problem.ts';
import { printJson } from './json-report.ts';
import { table } from './table.ts';

/** `weft run --explain`: prints what a run would do; the result is the exit status. */
export function printExplanation({ problems, notes, nodes }: Explanation, json: boolean): number {
  if (json) {
    for (const problem of problems) printJson({ event: 'problem', ...problem });
    for (const node of nodes) printJson({ event: 'planned', ...node });
  } else {
    for (const problem of problems) process.stderr.write(`${formatProblem(problem, process.stderr)}\n`);
    for (const note of notes) process.stderr.write(`${note}\n`);
    process.stdout.write(nodes.map(formatNode).join('\n'));
  }
  return problemStatus(problems);
}

function formatNode({ id, type, runs, cached, isolate, inputs, outputs }: ExplainedNode): string {
  const about = [
    runs === 'once' ? 'once' : `for each item of ${runs}`,
    ...(cached ? ['cached'] : []),
    ...(isolate === undefined ? [] : [`in ${isolate}`]),
  ];
  const pins = [
    ...inputs.map(({ name, from }) => [`  ${name}`, `← ${from}`]),
    ...outputs.map(({ name, type, arenaBytes }) => [
      `  ${name}`,
      `→ ${type}`,
      arenaBytes === undefined ? '' : `${arenaBytes} bytes in the arena`,
    ]),
  ];
  return `${id}  ${type}  ${about.join(', ')}\n${table(pins)}`;
}
