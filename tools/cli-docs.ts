import type { Command } from 'commander';
import { defineProgram } from '../src/main/cli/program.ts';

/** The text of `docs/cli.md`. */
export function cliDocs(): string {
  const program = defineProgram();
  return `# The command line

<!-- Written by \`npm run docs\` from src/main/cli/program.ts. -->

In a checkout: \`npm run -s weft -- …\`. Paths on the command line are relative to the current folder; paths inside a
graph, to the graph's folder.

${program.commands.map(commandDocs).join('\n')}
## Keys

A graph with a camera goes on until it is told to end. Where \`weft run\` has a terminal, Q ends it as if the camera had
no more pictures: what is under way is finished, and the outputs come. S switches the graph's input \`record\` on and off,
if it has one that is true or false; in \`detect-live\` each time begins a file of its own. Ctrl-C interrupts, as anywhere.

## Exit status

| Status | Meaning |
| --- | --- |
| 0 | done |
| 1 | a node failed, or the run is degraded: items failed where the graph allows it |
| 2 | the graph or the call is wrong |
| 3 | a file or model is missing |
| 4 | the run took longer than \`--timeout\` |
| 130 | interrupted; outputs are finalised, within 3 s |

## Events

With \`--json\`, \`weft run\` prints one JSON object a line on stdout: \`run.started\`, \`problem\` (for a graph that is
refused), \`node.running\`, \`node.progress\`, \`stream.progress\`, \`node.retrying\`, \`item.failed\`, \`node.finished\`,
\`output\` and \`run.finished\`. What nodes log goes to stderr. Pictures and tensors are written to \`--out\`; their
\`output\` names the file. \`src/shared/protocol/run-events.ts\` has the fields of each event. With \`--explain\` the lines
are \`problem\` and, for each node, \`planned\`; those of \`weft validate\` are \`problem\` and, at the end, \`validated\`.
\`weft nodes\` prints a node a line, \`weft backends\` a backend.

## Completion

    source <(weft completion bash)
    source <(weft completion zsh)
    weft completion fish | source
`;
}

function commandDocs(command: Command): string {
  const terms = [
    ...command.registeredArguments.map((argument) => [argument.name(), argument.description]),
    ...command.options.map((option) => [option.flags, option.description]),
  ];
  const list = terms.map(([term, meaning]) => `- \`${term}\`: ${meaning}\n`).join('');
  const about = `    weft ${command.name()} ${command.usage()}\n\n${sentence(command.description())}\n`;
  return `## weft ${command.name()}\n\n${about}${list === '' ? '' : `\n${list}`}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
