import { area, pan, viewport, zoom } from './frames.ts';
import { takeReactWork, watchReact } from './react-work.ts';

watchReact();
Object.assign(globalThis, { probe: { area, pan, takeReactWork, viewport, zoom } });
