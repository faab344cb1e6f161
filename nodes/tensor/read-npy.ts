import { basename } from 'node:path';
import { decodeNpy, defineNode, pin, WeftError } from 'weft';
import { readInputFile } from '../io/shared/read-file.ts';

export default defineNode({
  type: 'tensor/read-npy',
  version: 1,
  title: 'Read .npy',
  summary: 'Reads a tensor from a NumPy file.',
  keywords: ['numpy', 'load', 'open', 'array', 'file', 'import'],
  inputs: { path: pin.path({ access: 'read', description: 'A file that `numpy.save` or Write .npy wrote.' }) },
  outputs: { tensor: pin.tensor({ description: 'Its numbers, the last axis fastest.' }) },
  async run({ path }, ctx) {
    await ctx.fingerprint(path);
    const file = await readInputFile(path, 'choose a .npy file in it', ctx.signal);
    try {
      return { tensor: decodeNpy(file) };
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new WeftError(
        'E_FILE_READ',
        `${basename(path)} ${cause.message}: save an array of numbers again with numpy.save.`,
        { pin: 'path', cause },
      );
    }
  },
});
