import { Argument, Command, CommanderError, Option } from 'commander';
import app from '../../../package.json' with { type: 'json' };
import { ERROR_CODES } from '../../shared/node-api/error-codes.ts';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { collectInputs, collectParams, collectTexts, parsePort, parseSeconds } from './assignments.ts';

/**
 * The commands and their options: the one definition that help, shell completion and `docs/cli.md` are made from. The
 * code of a command is imported when it is used. Each action gives the exit status to `exit`.
 */
export function defineProgram(exit: (status: number) => void = () => {}): Command {
  const program = new Command('weft')
    .description(app.description)
    .version(app.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false);
  const json = () => new Option('--json', 'print one JSON object per line on stdout, and nothing else');
  const graph = () => new Argument('<GRAPH>', 'a *.weft.json file');

  program
    .command('run')
    .description('run a graph')
    .addArgument(graph())
    .addOption(
      new Option('--set <NAME=VALUE>', 'set an input of the graph; VALUE is JSON or a bare string; may be repeated')
        .default({}, 'none')
        .argParser(collectInputs),
    )
    .addOption(
      new Option('--node <NODE.PARAM=VALUE>', 'set a parameter of a node; may be repeated')
        .default([], 'none')
        .argParser(collectParams),
    )
    .addOption(new Option('--out <DIR>', 'folder for the files that are written').default('.', 'the current folder'))
    .option('--backend <NAME>', 'backend that models run on')
    .option('--to <NODE>', 'run only what this node needs, and the node')
    .option('--explain', 'print the plan and run nothing')
    .addOption(new Option('--timeout <S>', 'stop after this many seconds').argParser(parseSeconds))
    .option('--trace <FILE>', 'write when each node was at work, for Perfetto or chrome://tracing')
    .addOption(json())
    .action(async (path, options) => {
      const { run } = await import('./run.ts');
      exit(await run(path, options));
    });

  program
    .command('validate')
    .description('list every problem of a graph')
    .addArgument(graph())
    .addOption(json())
    .action(async (path, options) => {
      const { validate } = await import('./validate.ts');
      exit(await validate(path, options));
    });

  program
    .command('nodes')
    .description('list the nodes that are installed, or show one in full')
    .argument('[QUERY]', 'words to look for, or the type of a node, such as image/letterbox')
    .addOption(json())
    .action(async (query, options) => {
      const { nodes } = await import('./nodes.ts');
      exit(await nodes(query, options));
    });

  program
    .command('backends')
    .description('list what models can run on here, and for the rest why not and how to get it')
    .addOption(json())
    .action(async (options) => {
      const { backends } = await import('./backends.ts');
      exit(await backends(options));
    });

  program
    .command('models')
    .description('list, download, describe and remove models')
    .addArgument(
      new Argument('[ACTION]', 'what to do: the models on offer, or what is done with one of them')
        .choices(['list', 'pull', 'info', 'remove'])
        .default('list'),
    )
    .argument('[MODEL]', 'a name of the list; for info also bundled:NAME or an .onnx file')
    .addOption(json())
    .action(async (action, model, options) => {
      const { models } = await import('./models.ts');
      exit(await models(action, model, options));
    });

  program
    .command('serve')
    .description('serve the editor to a browser, on this or another machine')
    .argument('[GRAPH]', 'a *.weft.json file to open first')
    .addOption(new Option('--port <N>', 'port to listen at').default(0, 'any that is free').argParser(parsePort))
    .addOption(
      new Option('--host <H>', 'name or address to listen at; 0.0.0.0 for every network of this machine').default(
        'localhost',
        'this machine only',
      ),
    )
    .option('--open', 'open the editor in the browser')
    .addOption(
      new Option('--allow <DIR>', 'folder whose files may be used beside your own and the current one; may be repeated')
        .default([], 'none')
        .argParser(collectTexts),
    )
    .action(async (graph, options) => {
      const { serve } = await import('./serve.ts');
      exit(await serve(graph, options));
    });

  program
    .command('import')
    .description('turn a workflow of wf-engine into a graph')
    .argument('<FILE>', 'the workflow, a JSON file')
    .addOption(new Option('-o, --out <OUT>', 'file to write the graph to').default(undefined, 'stdout'))
    .action(async (file, options) => {
      const { importWorkflow } = await import('./import.ts');
      exit(await importWorkflow(file, options));
    });

  program
    .command('doctor')
    .description('tell what this machine can do')
    .action(async () => {
      const { doctor } = await import('./doctor.ts');
      exit(await doctor());
    });

  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<SHELL>', 'the shell to write for').choices(['bash', 'zsh', 'fish']))
    .action(async (shell) => {
      const { completionScript } = await import('./completion.ts');
      process.stdout.write(completionScript(shell, defineProgram()));
    });

  return program;
}

/** Runs the command line; the result is the exit status. Nothing is thrown: errors are printed, a sentence each. */
export async function runProgram(args: readonly string[]): Promise<number> {
  // A reader that stops reading (`weft nodes | head`) has all it wants.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  let status = 0;
  const program = defineProgram((code) => {
    status = code;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return usageStatus(error);
    return reportError(error);
  }
}

function usageStatus(error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  // Without a command commander has printed the help instead of an error.
  if (error.code === 'commander.help') return ERROR_CODES.E_USAGE.exit;
  const what = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.$/, '');
  return reportError(new WeftError('E_USAGE', `${sentence}; see \`weft --help\`.`));
}

function reportError(error: unknown): number {
  if (error instanceof WeftError) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return error.meaning.exit;
  }
  process.stderr.write(`E_INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
  return ERROR_CODES.E_INTERNAL.exit;
}
