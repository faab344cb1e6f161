import type { Catalogue } from './node-types.ts';

/** A node that reads a file, and the pin that its path goes to. */
export interface Reader {
  /** Id of the node type, its newest version. */
  readonly type: string;
  readonly pin: string;
}

/** Null where no installed node reads such a file. */
export function readerFor(name: string, isFolder: boolean, catalogue: Catalogue): Reader | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = isFolder ? 'image/folder' : READERS[extension];
  const newest = [...catalogue.values()]
    .filter((other) => other.type === type)
    .toSorted((a, b) => b.version - a.version)[0];
  const pin = newest?.inputs.find((input) => input.type.kind === 'path');
  return newest === undefined || pin === undefined ? null : { type: newest.id, pin: pin.name };
}

const READERS: Readonly<Record<string, string | undefined>> = {
  ...typeFor('image/read', ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff', 'svg']),
  ...typeFor('video/read', ['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'mpg', 'mpeg', 'ts', 'mts', 'wmv', 'flv']),
  ...typeFor('model/load', ['onnx']),
  ...typeFor('tensor/read-npy', ['npy']),
};

function typeFor(type: string, extensions: readonly string[]): Record<string, string> {
  return Object.fromEntries(extensions.map((extension) => [extension, type]));
}
