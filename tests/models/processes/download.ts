/** Downloads the model that is described as JSON, and tells how it goes, a line each. */
import { downloadModel } from '../../../src/main/models/download.ts';

const { model, timing } = JSON.parse(process.argv[2]);
const { path, trust } = await downloadModel(model, {
  signal: new AbortController().signal,
  progress: (bytes) => console.log(`has ${bytes}`),
  waiting: () => console.log('waits'),
  timing,
});
console.log(`done ${trust} ${path}`);
