import { type Dirent, readdirSync } from 'node:fs';
import { join, matchesGlob, parse, relative, sep } from 'node:path';
import { defineNode, pin, WeftError } from 'weft';

export default defineNode({
  type: 'image/folder',
  version: 1,
  title: 'Image folder',
  summary: 'Goes through the pictures of a folder, one item each, in the order of their names.',
  keywords: ['directory', 'files', 'batch', 'list', 'stream', 'dataset'],
  inputs: {
    folder: pin.path({ access: 'read' }),
    pattern: pin.string({
      default: '*.{jpg,jpeg,png,webp,gif,avif,tif,tiff,svg}',
      description: 'Which file names are taken: * stands for any text, {a,b} for either. Case does not matter.',
    }),
    recursive: pin.boolean({ default: false, description: 'Also goes through the folders inside the folder.' }),
  },
  outputs: {
    path: pin.path({ description: 'The file; wire it to image/read, whose own policy decides about a damaged one.' }),
    name: pin.string({ description: 'The name without extension, with the folders inside the folder: cats/tom.' }),
    index: pin.integer({ description: '0 for the first.' }),
  },
  async *source({ folder, pattern, recursive }, ctx) {
    for (const each of [folder, ...foldersIn(folder, recursive)]) await ctx.fingerprint(each);
    const paths = list(folder, pattern, recursive);
    if (paths.length === 0) ctx.log('warning', `No file in ${folder} fits ${pattern}.`);
    for (const [index, path] of paths.entries()) yield { path, name: nameOf(path, folder), index };
  },
  count: ({ folder, pattern, recursive }) => list(folder, pattern, recursive).length,
});

// A fixed language, so that the order is the same on every machine; numbers in names count as numbers.
const byName = new Intl.Collator('en', { numeric: true });

function list(folder: string, pattern: string, recursive: boolean): string[] {
  return entriesOf(folder, recursive)
    .filter((entry) => !entry.isDirectory() && matchesGlob(entry.name.toLowerCase(), pattern.toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(byName.compare);
}

function foldersIn(folder: string, recursive: boolean): string[] {
  const folders = recursive ? entriesOf(folder, true).filter((entry) => entry.isDirectory()) : [];
  return folders.map((entry) => join(entry.parentPath, entry.name));
}

function entriesOf(folder: string, recursive: boolean): Dirent[] {
  try {
    return readdirSync(folder, { recursive, withFileTypes: true });
  } catch (cause) {
    const place = { pin: 'folder', cause };
    switch ((cause as NodeJS.ErrnoException).code) {
      case 'ENOENT':
        throw new WeftError('E_FILE_MISSING', `There is no folder ${folder}: correct the path.`, place);
      case 'ENOTDIR':
        throw new WeftError('E_FILE_READ', `${folder} is a file, not a folder: read it with image/read.`, place);
      default:
        throw new WeftError('E_FILE_READ', `The folder ${folder} could not be read: check its rights.`, place);
    }
  }
}

function nameOf(path: string, folder: string): string {
  const { dir, name } = parse(relative(folder, path));
  return [...dir.split(sep), name].filter((part) => part !== '').join('/');
}
