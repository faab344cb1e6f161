import { type SuiteResult, tableOf } from './case.ts';

/** Each suite is loaded only when it is run: one may need what is not installed for another. */
const SUITES: Readonly<Record<string, () => Promise<SuiteResult>>> = {
  engine: async () => (await import('./suites/engine.ts')).engineSuite(),
  handoff: async () => (await import('./suites/handoff.ts')).handoffSuite(),
  editor: async () => (await import('./suites/editor.ts')).editorSuite(),
  preview: async () => (await import('./suites/preview.ts')).previewSuite(),
  live: async () => (await import('./suites/live.ts')).liveSuite(),
  video: async () => (await import('./suites/video.ts')).videoSuite(),
  startup: async () => (await import('./suites/startup.ts')).startupSuite(),
};

// ONNX Runtime would report the sessions of the loops written by hand to its maker.
process.env.ORT_DISABLE_TELEMETRY = '1';

const [name, ...options] = process.argv.slice(2);
if (name === undefined || !(name in SUITES) || options.some((option) => option !== '--json')) {
  process.stderr.write(`Use: npm run -s bench -- ${Object.keys(SUITES).join('|')} [--json]\n`);
  process.exitCode = 2;
} else {
  const result = await SUITES[name]();
  process.stdout.write(`${options.length > 0 ? JSON.stringify(result) : tableOf(result)}\n`);
}
