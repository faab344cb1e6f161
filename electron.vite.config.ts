import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The main process needs no bundle: it runs from its sources, and a package carries them without their types
// (tools/package.ts).
export default defineConfig({
  preload: {
    build: {
      outDir: 'out/preload',
      emptyOutDir: true,
      // A sandboxed preload script is one file, and no ES module.
      rollupOptions: { input: 'src/preload/preload.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      // The page may load nothing from inside itself: its security policy refuses `data:`.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
