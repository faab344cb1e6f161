import { basename } from 'node:path';
import { defineNode, pin, WeftError } from 'weft';
import { readInputFile } from '../io/shared/read-file.ts';

export default defineNode({
  type: 'classify/read-labels',
  version: 1,
  title: 'Read labels',
  summary: 'Reads the names of classes from a text file with one name a line.',
  keywords: ['classes', 'names', 'imagenet', 'coco', 'text', 'lines', 'file'],
  inputs: { path: pin.path({ access: 'read', description: 'The text file, in UTF-8; its first line names class 0.' }) },
  outputs: { labels: pin.list(pin.string(), { description: 'The names, by class id.' }) },
  async run({ path }, ctx) {
    await ctx.fingerprint(path);
    const file = await readInputFile(path, 'choose a text file in it', ctx.signal);
    const text = new TextDecoder().decode(file).trimEnd();
    if (text === '') {
      throw new WeftError('E_VALUE', `${basename(path)} is empty: choose a file with one name a line.`, {
        pin: 'path',
      });
    }
    return { labels: text.split(/\r?\n/).map((line) => line.trim()) };
  },
});
