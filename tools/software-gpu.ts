import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/**
 * Lets WebGPU be tested on a Debian machine, graphics card or not: its Chromium brings SwiftShader, a software driver.
 * Installs it where it is missing and this user may; everywhere else the tests that need it are skipped and say so.
 */
export function provideSoftwareGpu(): void {
  if (existsSync(DRIVER) || !existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  console.log('\ninstalling Chromium, whose software driver lets WebGPU be tested');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', 'chromium'],
  ];
  for (const args of commands) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
    if (status !== 0) return console.log('Chromium could not be installed: the tests of WebGPU are skipped.');
  }
}
