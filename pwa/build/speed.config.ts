import { defineConfig } from 'vite';

/** What the speed of the search is measured with: one file for Node, with everything in it that the app reads by Vite. */
export default defineConfig({
  publicDir: false,
  build: { ssr: 'tests/speed/find.ts', outDir: 'node_modules/.speed', target: 'es2023' },
});
