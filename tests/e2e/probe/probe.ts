import { area, pan, viewport, zoom } from './frames.ts';

Object.assign(globalThis, { probe: { area, pan, viewport, zoom } });
