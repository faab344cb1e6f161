import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

const known = new Map<string, { readonly stamp: string; readonly digest: Promise<string> }>();

/** SHA-256 of a file, hexadecimal. A file whose place, size and time are those of an earlier call is not read again. */
export async function fileDigest(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true });
  const stamp = `${ino} ${size} ${mtimeNs}`;
  const earlier = known.get(path);
  if (earlier?.stamp === stamp) return earlier.digest;
  const entry = { stamp, digest: computeDigest(path) };
  known.set(path, entry);
  entry.digest.catch(() => {
    if (known.get(path) === entry) known.delete(path);
  });
  return entry.digest;
}

async function computeDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
