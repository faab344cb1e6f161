import { allPins } from '../preview/all-pins.ts';
import type { SuiteResult } from '../case.ts';

/** What it costs to look at values while they flow. */
export async function previewSuite(): Promise<SuiteResult> {
  return { suite: 'preview', cases: { all_pins: await allPins() } };
}
