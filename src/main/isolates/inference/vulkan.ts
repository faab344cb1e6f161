import { existsSync } from 'node:fs';
import koffi from 'koffi';
import { mayHaveGpu } from './gpu-presence.ts';

/** A graphics device, as a backend sees it. */
export interface Device {
  readonly name: string | null;
  /** The processor plays it. */
  readonly software: boolean;
}

/** SwiftShader, which Debian's Chromium and Google Chrome bring along. */
const SOFTWARE_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
] as const;

/**
 * On a Linux machine without a graphics card, lets Vulkan use a software driver where one is known to lie, unless the
 * environment names a driver already. To be called before anything asks for Vulkan in this process.
 */
export function provideVulkanDriver(): void {
  if (process.platform !== 'linux' || mayHaveGpu()) return;
  if (process.env.VK_ICD_FILENAMES !== undefined || process.env.VK_DRIVER_FILES !== undefined) return;
  const driver = SOFTWARE_DRIVERS.find((path) => existsSync(path));
  if (driver !== undefined) process.env.VK_ICD_FILENAMES = driver;
}

/**
 * The Vulkan device that WebGPU takes: the first discrete card, else another, else the processor. Known on Linux only,
 * where WebGPU stands on Vulkan.
 */
export function vulkanDevice(): Device | null {
  if (process.platform !== 'linux') return null;
  const preferred = allDevices().sort((a, b) => rank(a.type) - rank(b.type));
  return preferred.length === 0 ? null : { name: preferred[0].name, software: preferred[0].type === CPU };
}

// VkPhysicalDeviceType, the most powerful first: discrete, integrated, virtual; then the processor, then others.
const CPU = 4;
const PREFERENCE = [2, 1, 3, CPU, 0];

function rank(type: number): number {
  return PREFERENCE.indexOf(type);
}

const VK_SUCCESS = 0;
const VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO = 1;
const MOST_DEVICES = 16;

function allDevices(): { type: number; name: string }[] {
  const vulkan = koffi.load('libvulkan.so.1');
  const createInstance = vulkan.func('int vkCreateInstance(void* info, void* allocator, _Out_ void** instance)');
  const enumerate = vulkan.func('int vkEnumeratePhysicalDevices(void* instance, _Inout_ uint32_t* n, void* devices)');
  const getProperties = vulkan.func('void vkGetPhysicalDeviceProperties(void* device, void* properties)');
  const destroyInstance = vulkan.func('void vkDestroyInstance(void* instance, void* allocator)');

  const info = new Uint32Array(16);
  info[0] = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  const instance: unknown[] = [null];
  if (createInstance(info, null, instance) !== VK_SUCCESS) return [];
  const handles = new BigUint64Array(MOST_DEVICES);
  const count = [MOST_DEVICES];
  enumerate(instance[0], count, handles);
  const devices = [...handles.subarray(0, count[0])].map((handle) => {
    // VkPhysicalDeviceProperties, 824 bytes: the type is at byte 16, the name, ended by NUL, at byte 20.
    const properties = Buffer.alloc(1024);
    getProperties(handle, properties);
    return { type: properties.readUInt32LE(16), name: properties.toString('utf8', 20, properties.indexOf(0, 20)) };
  });
  destroyInstance(instance[0], null);
  return devices;
}
