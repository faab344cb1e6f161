import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeSpawner } from '../../src/main/isolates/spawn-node.ts';
import { describeIsolateSpawner } from '../conformance/isolate-spawner.ts';

describeIsolateSpawner('nodeSpawner', nodeSpawner);

test('a process that the system does not start is an E_ISOLATE_START with the reason', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-test-'));
  const program = join(folder, 'not-a-program');
  writeFileSync(program, '');
  chmodSync(program, 0o600);
  const { execPath } = process;
  process.execPath = program;
  try {
    await expect(nodeSpawner().spawn('inference', { env: {}, niceness: 0 })).rejects.toMatchObject({
      code: 'E_ISOLATE_START',
      cause: { code: 'EACCES' },
    });
  } finally {
    process.execPath = execPath;
    rmSync(folder, { recursive: true });
  }
});
