import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { provideSystemPackages } from './system-packages.ts';
import { type Counts, countTests } from './test-counts.ts';

// `npm run check` and, with --all, `npm test`: every step runs though an earlier one failed, and the last line counts
// over all of them: `N passed, N failed`. Types, lint and layers count as one each, tests one by one.

const ROOT = join(import.meta.dirname, '..');

/** Tests that start processes and wait for them; `npm run check`, to be done in a minute, leaves them to `npm test`. */
const LONG_TESTS = [
  'acceptance',
  'cli',
  'conformance',
  'desktop',
  'e2e',
  'isolates',
  'registry',
  'server',
  'store',
  'window',
].map((name) => `tests/${name}/**`);

/** Of the tests of the editor, which run on the server: those that run on the desktop app as well, one for each area. */
const DESKTOP_TESTS = ['build-by-mouse', 'files', 'runs', 'unsaved-work', 'viewers'].map(
  (name) => `tests/e2e/${name}.test.ts`,
);

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

if (values.all) provideSystemPackages();
const counts: Counts[] = [
  await step('types', 'tsc', ['-p', '.']),
  await step('types of the window', 'tsc', ['-p', 'src/renderer']),
  await step('types of its tests', 'tsc', ['-p', 'tests/e2e']),
  await step('types of the benchmark of it', 'tsc', ['-p', 'bench/editor/page']),
  await step('lint', 'biome', ['check', '.']),
  await step('layers', 'depcruise', ['src', 'nodes']),
  ...(values.all ? [await step('build', 'electron-vite', ['build', '--ignoreConfigWarning'])] : []),
  await tests('tests', values.all ? [] : LONG_TESTS.flatMap((pattern) => ['--exclude', pattern])),
  ...(values.all ? [await tests('tests on the desktop app', DESKTOP_TESTS, { WEFT_E2E_HOST: 'desktop' })] : []),
];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

async function step(name: string, command: string, args: readonly string[]): Promise<Counts> {
  console.log(`\n${name}`);
  const succeeded = await run(command, args);
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 };
}

/** @param which arguments of Vitest that choose tests; all, when there are none */
async function tests(name: string, which: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  console.log(`\n${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'weft-check-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const succeeded = await run('vitest', ['run', ...reporters, ...which], env);
    // A runner that crashed has written no report.
    const text = await readFile(report, 'utf8').catch(() => null);
    return countTests(text, succeeded);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a tool of `node_modules/.bin`; true when it succeeded. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, PATH: path },
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}
