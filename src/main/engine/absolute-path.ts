import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { namedModel } from '../models/model-names.ts';

/** A path in a graph as an absolute one; an empty path stays empty. */
export function absolutePath(path: string, folder: string): string {
  return path === '' || isAbsolute(path) ? path : resolve(folder, path);
}

/** The same for what is read, where the name of a model may stand for its file. A file that has the name comes first. */
export function readablePath(path: string, folder: string): string {
  const file = absolutePath(path, folder);
  const model = namedModel(path);
  return model === undefined || existsSync(file) ? file : model;
}
