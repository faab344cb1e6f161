#!/usr/bin/env node
// In plain JavaScript for two reasons: an older Node can read it and say so, and Node need not load its TypeScript
// stripper for it. With the cache on from the first module, the stripper is not loaded at all: 40 ms of a cold start.
import module from 'node:module';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { directory } = module.enableCompileCache();
  // Threads and child processes take the cache from here.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
  const { runProgram } = await import('../src/main/cli/program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
} else {
  console.error(`Weft needs Node 24 or newer and this is Node ${process.versions.node}: run it with npm run -s weft.`);
  process.exitCode = 2;
}
