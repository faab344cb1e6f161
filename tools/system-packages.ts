import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What some tests need beside npm's packages: Debian's name for it, and a file that shows that it is there. */
const PACKAGES = [
  // Its software driver, SwiftShader, lets WebGPU be tested without a graphics card.
  { name: 'chromium', file: '/usr/lib/chromium/vk_swiftshader_icd.json' },
  // Decodes the sample video.
  { name: 'ffmpeg', file: '/usr/bin/ffmpeg' },
];

/** Installs on Debian what is missing, where this user may; elsewhere the tests that need it are skipped and say so. */
export function provideSystemPackages(): void {
  const missing = PACKAGES.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0 || !existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  console.log(`\ninstalling ${missing.join(' and ')}, which some tests need`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...missing],
  ];
  for (const args of commands) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
    if (status !== 0) return console.log(`${missing.join(' and ')} could not be installed: tests are skipped.`);
  }
}
