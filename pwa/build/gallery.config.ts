import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { guides } from './guides.ts';

/** The gallery as plain files, for the browser tests; no part of the app that is served. */
export default defineConfig({
  root: 'gallery',
  base: './',
  publicDir: '../public',
  plugins: [svelte(), guides({ untaken: true })],
  build: { target: 'es2023', emptyOutDir: true, minify: false },
});
