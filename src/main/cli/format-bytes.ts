const UNITS = ['B', 'kB', 'MB', 'GB'];

/** `512 B`, `12.8 MB`: in powers of 1000, as disks and networks count. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
