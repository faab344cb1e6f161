/** What people get in place of a model. */
export type ForeignContent = 'a Git LFS pointer' | 'a web page' | 'a text file';

/** What a file is that is surely no model, told by how it begins; null when it may be one. */
export function foreignContent(beginning: Uint8Array): ForeignContent | null {
  // Every ONNX file has control bytes at its beginning: the tags of its first fields.
  if (beginning.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return null;
  const text = new TextDecoder().decode(beginning).trimStart().toLowerCase();
  if (text.startsWith('version https://git-lfs.github.com/')) return 'a Git LFS pointer';
  return /^<(!doctype html|html|head|body)/.test(text) ? 'a web page' : 'a text file';
}
