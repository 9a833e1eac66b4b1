import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { guides } from './build/guides.ts';
import { packing } from './build/packing.ts';
import { precache } from './build/precache.ts';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), guides(), precache(), packing()],
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  server: { fs: { allow: ['.', '../tests/vectors', '../docs/guide'] } },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', copy: 'copy.html', worker: 'src/worker/worker.ts' },
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'build/**/*.test.ts', 'tests/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: '../reports/vitest.xml' }]],
    /** More than two busy cores take for anything; only what hangs waits so long. */
    testTimeout: 60_000,
  },
}));
