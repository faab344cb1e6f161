import type { Argument, Command, Option } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What can follow on the command line where a file, a folder, one of some words, or anything is wanted. */
type Completion = { readonly kind: 'file' | 'folder' | 'any' } | { readonly kind: 'words'; readonly words: string[] };

/** A script for `shell` that completes the commands and options of `program`. */
export function completionScript(shell: Shell, program: Command): string {
  return { bash, zsh, fish }[shell](program);
}

/** Names that help gives to files. */
const FILES: ReadonlySet<string> = new Set(['GRAPH', 'FILE', 'OUT']);

/** What an argument or an option's value is, is told by its name: the same that help shows. */
function completionOf(name: string, choices: readonly string[] | undefined): Completion {
  if (choices !== undefined) return { kind: 'words', words: [...choices] };
  if (FILES.has(name)) return { kind: 'file' };
  return { kind: name === 'DIR' ? 'folder' : 'any' };
}

const ofArgument = (argument: Argument): Completion => completionOf(argument.name(), argument.argChoices);
const ofOption = (option: Option): Completion => completionOf(valueName(option), option.argChoices);
const takesValue = (option: Option): boolean => option.required || option.optional;

function valueName(option: Option): string {
  return /<(?<name>.+)>/.exec(option.flags)?.groups?.name ?? '';
}

function longNames(options: readonly Option[]): string[] {
  return options.flatMap((option) => option.long ?? []);
}

function bash(program: Command): string {
  const complete = (completion: Completion): string => {
    switch (completion.kind) {
      case 'file':
        return 'compgen -f -- "$word"';
      case 'folder':
        return 'compgen -d -- "$word"';
      case 'words':
        return `compgen -W '${completion.words.join(' ')}' -- "$word"`;
      case 'any':
        return ':';
    }
  };
  const reply = (completion: Completion) => `mapfile -t COMPREPLY < <(${complete(completion)})`;
  const cases = program.commands.map((command) => {
    const values = command.options
      .filter(takesValue)
      .map((option) => `        ${option.long}) ${reply(ofOption(option))}; return ;;`);
    const [argument] = command.registeredArguments;
    return [
      `    ${command.name()})`,
      ...(values.length === 0 ? [] : ['      case "$previous" in', ...values, '      esac']),
      `      if [[ $word == -* ]]; then ${reply({ kind: 'words', words: [...longNames(command.options), '--help'] })}`,
      `      else ${argument === undefined ? ':' : reply(ofArgument(argument))}; fi ;;`,
    ].join('\n');
  });
  const names = program.commands.map((command) => command.name());
  return `_weft() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    ${reply({ kind: 'words', words: [...names, ...longNames(program.options), '--help'] })}
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
}
complete -o filenames -F _weft weft
`;
}

function zsh(program: Command): string {
  const action = (completion: Completion): string => {
    switch (completion.kind) {
      case 'file':
        return '_files';
      case 'folder':
        return '_files -/';
      case 'words':
        return `(${completion.words.join(' ')})`;
      case 'any':
        return ' ';
    }
  };
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const described = (text: string) => text.replaceAll(/[[\]:]/g, '\\$&');
  const cases = program.commands.map((command) => {
    const options = command.options.map((option) =>
      quoted(
        `*${option.long}[${described(option.description)}]${takesValue(option) ? `:${valueName(option)}:${action(ofOption(option))}` : ''}`,
      ),
    );
    const values = command.registeredArguments.map((argument, index) =>
      quoted(`${index + 1}:${argument.name()}:${action(ofArgument(argument))}`),
    );
    return `    ${command.name()}) _arguments ${[...options, ...values].join(' ')} ;;`;
  });
  const names = program.commands.map((command) => quoted(`${command.name()}:${described(command.description())}`));
  return `#compdef weft
_weft() {
  local -a commands=(${names.join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join('\n')}
  esac
}
compdef _weft weft
`;
}

function fish(program: Command): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const action = (completion: Completion): string => {
    switch (completion.kind) {
      case 'file':
        return ' -F';
      case 'folder':
        return " -f -a '(__fish_complete_directories)'";
      case 'words':
        return ` -f -a ${quoted(completion.words.join(' '))}`;
      case 'any':
        return ' -f';
    }
  };
  const lines = program.commands.flatMap((command) => {
    const here = `complete -c weft -n '__fish_seen_subcommand_from ${command.name()}'`;
    return [
      `complete -c weft -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}`,
      ...command.registeredArguments.map((argument) => `${here}${action(ofArgument(argument))}`),
      ...command.options.map((option) => {
        const value = takesValue(option) ? ` -r${action(ofOption(option))}` : '';
        return `${here} -l ${option.long?.slice(2)}${value} -d ${quoted(option.description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}
