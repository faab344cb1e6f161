import { allExtensions } from 'dependency-cruiser';

// Without a compiler that it can use, dependency-cruiser passes over TypeScript files in silence and finds no fault.
if (!allExtensions.some(({ extension, available }) => extension === '.ts' && available)) {
  throw new Error('dependency-cruiser cannot read TypeScript: install the package `typescript` in a version below 7.');
}

/** The layer rules of the code; README.md draws the map they keep true. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-stands-alone',
      comment: 'src/shared runs in every process: it imports nothing of ours, and nothing of Node.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^(src/(?!shared/)|nodes/|tools/|bench/)' },
    },
    {
      name: 'shared-does-no-io',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nodes-know-only-weft',
      comment: "A node imports 'weft', libraries, and code beside it.",
      severity: 'error',
      from: { path: '^nodes/' },
      to: { path: '^(src|tools|bench)/', pathNot: '^src/shared/node-api/weft\\.ts$' },
    },
    {
      name: 'the-engine-has-no-face',
      comment: 'The same engine serves window, server and command line.',
      severity: 'error',
      from: { path: '^src/main/(engine|store|isolates|registry|journal|models|agent)/' },
      to: { path: '^src/(main/(desktop|server|cli|window)|preload|renderer)/|^react|node_modules/(react|@xyflow)' },
    },
    {
      name: 'windows-are-the-same-everywhere',
      comment: 'What a window may ask is the same in every host.',
      severity: 'error',
      from: { path: '^src/main/window/' },
      to: { path: '^src/(main/(desktop|server|cli)|preload|renderer)/|^react|node_modules/(react|@xyflow)' },
    },
    {
      name: 'electron-only-in-desktop',
      severity: 'error',
      from: { pathNot: '^src/(main/desktop|preload)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'renderer-stands-on-shared',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^(src/(main|preload)/|nodes/)' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
  ],
  options: {
    // A type that is imported ties two layers together as much as a value does.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
