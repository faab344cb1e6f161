import type { Page } from 'playwright-core';
import type { Commits } from './probe/commits.ts';
import { probeScript } from './probe/probe-script.ts';

/** Counts what React renders. To be called before the page is opened. */
export async function watchCommits(page: Page): Promise<void> {
  await page.addInitScript({ content: await probeScript() });
}

/** What was rendered since the last call. */
export function takeCommits(page: Page): Promise<Commits> {
  return page.evaluate<Commits>('probe.takeCommits()');
}
