import { execFile as execFileWithCallback } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { weft } from './weft.ts';

const execFile = promisify(execFileWithCallback);

describe('a call that is not understood ends with 2 and one sentence on stderr', () => {
  test.each<[string[], RegExp]>([
    [['run', 'x.weft.json', '--ouut', 'y'], /unknown option '--ouut' .*--out/i],
    [['fly'], /unknown command 'fly'/i],
    [['run'], /missing required argument 'GRAPH'/i],
    [['run', 'a', 'b'], /too many arguments/i],
    [['run', 'a', '--set', 'x'], /NAME=VALUE/],
    [['run', 'a', '--timeout', 'soon'], /above 0/],
    [['run', 'a', '--set'], /argument missing/i],
    [['completion', 'csh'], /bash, zsh, fish/],
  ])('%j', async (args, sentence) => {
    const { status, stdout, stderr } = await weft(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^E_USAGE: [^\n]+\.\n$/);
  });

  test('no command at all shows the help', async () => {
    const { status, stderr } = await weft([]);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: weft');
  });
});

test('help and version go to stdout and end with 0', async () => {
  expect(await weft(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  const help = await weft(['run', '--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('--timeout <S>');
});

test('a reader that stops reading ends the command without a word', async () => {
  const pipe = `"$0" bin/weft.js completion bash | true; exit "\${PIPESTATUS[0]}"`;
  expect(await execFile('bash', ['-c', pipe, process.execPath])).toEqual({ stdout: '', stderr: '' });
});
