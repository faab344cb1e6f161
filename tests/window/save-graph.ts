// A process that saves a large graph over a file, for tests of disks that do not take it: `save-graph.ts PATH`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AllowedFolders } from '../../src/main/window/allowed-folders.ts';
import { GraphFiles } from '../../src/main/window/graph-files.ts';
import { TrustedGraphs } from '../../src/main/window/trusted-graphs.ts';

const [path, state] = process.argv.slice(2);
const folder = dirname(path);
const files = new GraphFiles(AllowedFolders.only([folder], []), await TrustedGraphs.open(state), state);
const before = readFileSync(path, 'utf8');
const opened = await files.open(path);
if (opened.kind !== 'ok') throw new Error(JSON.stringify(opened));
const graph = { ...opened.graph, description: 'x'.repeat(500_000) };
const outcome = await files.save({ path, graph, expected: opened.version, overwrite: false }).then(
  () => 'saved',
  (error) => ({ code: error.code, message: error.message }),
);
const intact = readFileSync(path, 'utf8') === before;
console.log(JSON.stringify({ outcome, intact, readOnly: opened.readOnly, left: readdirSync(folder) }));
