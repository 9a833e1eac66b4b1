/** The screens of a visit, as one chunk: it is fetched as soon as the jobs are shown, so that nobody waits for it. */
export { default as FinishScreen } from './FinishScreen.svelte';
export { default as JobScreen } from './JobScreen.svelte';
export { default as UndoneScreen } from './UndoneScreen.svelte';
export { default as WorkScreen } from './WorkScreen.svelte';
