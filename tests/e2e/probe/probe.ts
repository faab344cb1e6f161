import { area, pan, viewport, zoom, zoomBy } from './frames.ts';
import { timeOpening } from './opening.ts';
import { takeReactWork, watchReact } from './react-work.ts';

// What tests and benchmarks measure inside of a page, as `probe.…`; it comes before the page's own scripts.

watchReact();
Object.assign(globalThis, { probe: { area, pan, takeReactWork, timeOpening, viewport, zoom, zoomBy } });
