import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The gallery as plain files, for the browser tests; no part of the app that is served. */
export default defineConfig({
  root: 'gallery',
  base: './',
  publicDir: '../public',
  plugins: [svelte()],
  build: { target: 'es2023', emptyOutDir: true, minify: false },
});
