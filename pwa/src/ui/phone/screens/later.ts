/** Screens that nobody needs to see his jobs, as one chunk. */
export { default as AccountScreen } from './AccountScreen.svelte';
export { default as CustomerScreen } from './CustomerScreen.svelte';
export { default as OutboxScreen } from './OutboxScreen.svelte';
export { default as ProductScreen } from './ProductScreen.svelte';
