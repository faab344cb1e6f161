/**
 * Chromium itself knows no schemes of an app. `weft://app/x` stands as `https://app.weft.standin.test/x` in the browser,
 * where its requests are intercepted, and is turned back wherever the app looks.
 */
const SUFFIX = '.standin.test';

export function toBrowser(url: string): string {
  const [, scheme, host, rest] = /^([a-z]+):\/\/([^/]*)(.*)$/.exec(url) ?? [];
  if (scheme === undefined || scheme.startsWith('http')) return url;
  return `https://${host}.${scheme}${SUFFIX}${rest}`;
}

export function toApp(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !parsed.hostname.endsWith(SUFFIX)) return url;
  const [host, scheme] = parsed.hostname.slice(0, -SUFFIX.length).split('.');
  return `${scheme}://${host}${url.slice(parsed.origin.length)}`;
}

/** What Playwright matches requests of a scheme with. */
export function requestsOf(scheme: string): RegExp {
  return new RegExp(`^https://[^/]+\\.${scheme}\\.standin\\.test/`);
}
