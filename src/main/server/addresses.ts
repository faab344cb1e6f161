import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Names under which a server that is bound to `host` can be reached, as URLs write them; the best to open first. */
export function namesOf(host: string): string[] {
  if (isLoopback(host)) return [...new Set([inUrl(host), ...LOOPBACK])];
  if (host !== '0.0.0.0' && host !== '::') return [inUrl(host)];
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const reachable = own.filter(({ internal, family }) => !internal && (family === 'IPv4' || host === '::'));
  return [...reachable.map(({ address }) => inUrl(address)), hostname().toLowerCase(), ...LOOPBACK];
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host.toLowerCase()}]` : host.toLowerCase();
}
