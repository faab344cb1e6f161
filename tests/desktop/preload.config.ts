import config from '../../electron.vite.config.ts';

// The preload script alone, which takes no time to build.
export default { preload: config.preload };
