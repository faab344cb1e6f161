import type { SuiteResult } from '../case.ts';
import { allPins } from '../preview/all-pins.ts';
import { windowFrames } from '../preview/window-frames.ts';

/** What it costs to look at values while they flow: the run, and the window. */
export async function previewSuite(): Promise<SuiteResult> {
  return { suite: 'preview', cases: { all_pins: await allPins(), window: await windowFrames() } };
}
