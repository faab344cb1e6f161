import { readdirSync } from 'node:fs';

/**
 * Whether the machine may have a graphics card: false only where that is certain, without asking a driver. On Linux
 * every driver goes through a device file; of other systems any machine may have one.
 */
export function mayHaveGpu(): boolean {
  if (process.platform !== 'linux') return true;
  return filesIn('/dev').some((name) => /^(nvidia\d+|dxg|kfd)$/.test(name)) || filesIn('/dev/dri').length > 0;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
