import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { BackendName } from '../../../shared/node-api/backend.ts';
import { type Device, vulkanDevice } from './vulkan.ts';

/** What a backend that works runs on. */
export function deviceOf(backend: BackendName): Device {
  switch (backend) {
    case 'webgpu':
      return vulkanDevice() ?? hardware(null);
    case 'cuda':
    case 'tensorrt':
      return hardware(nvidiaCard());
    case 'directml':
      return hardware(null);
    default:
      return hardware(processorName());
  }
}

/** `AMD EPYC 9534`; null where the system does not tell. */
export function processorName(): string | null {
  return cpus()[0]?.model.trim() || null;
}

function hardware(name: string | null): Device {
  return { name, software: false };
}

/** The first card that NVIDIA's kernel driver lists. */
function nvidiaCard(): string | null {
  const folder = '/proc/driver/nvidia/gpus';
  try {
    const [first] = readdirSync(folder).sort();
    return /^Model:\s*(.+)$/m.exec(readFileSync(join(folder, first, 'information'), 'utf8'))?.[1] ?? null;
  } catch (error) {
    // Some containers pass the card in without these files.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
