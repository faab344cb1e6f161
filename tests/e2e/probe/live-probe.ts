import * as probe from './live-picture.ts';

// What tests and benchmarks of live pictures measure inside of a page, as `livePicture.…`; it comes before the page's own
// scripts.

Object.assign(globalThis, { livePicture: probe });
