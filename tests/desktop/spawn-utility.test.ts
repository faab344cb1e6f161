import { vi } from 'vitest';
import { describeIsolateSpawner } from '../conformance/isolate-spawner.ts';

vi.mock('electron', async () => {
  const { standinUtilityProcess } = await import('../electron-standin/utility-process.ts');
  return { utilityProcess: standinUtilityProcess };
});
const { utilitySpawner } = await import('../../src/main/desktop/spawn-utility.ts');

describeIsolateSpawner('utilitySpawner, over the stand-in for Electron,', utilitySpawner);
