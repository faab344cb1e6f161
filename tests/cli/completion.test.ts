import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/main/cli/completion.ts';
import { defineProgram } from '../../src/main/cli/program.ts';

const program = defineProgram();
const commands = program.commands.map((command) => command.name());

describe('bash', () => {
  test('completes the commands', async () => {
    expect(await bash(['weft', ''])).toEqual([...commands, '--version', '--help']);
    expect(await bash(['weft', 'va'])).toEqual(['validate']);
  });

  test('completes the options of a command', async () => {
    expect(await bash(['weft', 'run', 'x', '--ti'])).toEqual(['--timeout']);
    expect(await bash(['weft', 'doctor', '--'])).toEqual(['--help']);
  });

  test('completes files for a graph and folders for --out', async () => {
    expect(await bash(['weft', 'run', 'tsconf'])).toEqual(['tsconfig.json']);
    expect(await bash(['weft', 'run', 'x', '--out', 'too'])).toEqual(['tools']);
  });

  test('completes the words that an argument can be, and nothing where anything may stand', async () => {
    expect(await bash(['weft', 'completion', ''])).toEqual(['bash', 'zsh', 'fish']);
    expect(await bash(['weft', 'run', 'x', '--to', 'too'])).toEqual([]);
  });
});

test.each(['zsh', 'fish'] as const)('the script for %s names every command and every option', (shell) => {
  const script = completionScript(shell, program);
  for (const command of program.commands) {
    expect(script).toContain(command.name());
    for (const option of command.options) expect(script).toContain(option.long?.slice(2));
  }
});

/** What bash offers for the last of `words`. */
async function bash(words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `${completionScript('bash', program)}
COMP_WORDS=(${quoted}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _weft; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  return stdout.split('\n').filter((line) => line !== '');
}
