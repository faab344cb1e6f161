import { takeCommits, watchCommits } from './commits.ts';
import { area, pan, viewport, zoom, zoomBy } from './frames.ts';
import { timeOpening } from './opening.ts';

// What tests and benchmarks measure inside of a page, as `probe.…`; it comes before the page's own scripts.

watchCommits();
Object.assign(globalThis, { probe: { area, pan, takeCommits, timeOpening, viewport, zoom, zoomBy } });
