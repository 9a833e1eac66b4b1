/** General work and leave on the phone, as one chunk: nobody waits for it to see his jobs. */
export { default as AwayNow } from '../AwayNow.svelte';
export { endedFor } from '../timekeeping.svelte.ts';
export { default as RunningTimes } from './RunningTimes.svelte';
export { default as TodayTimes } from './TodayTimes.svelte';
