import { beginCapture } from '../../platform/capturing.ts';

/** While something is typed or chosen that is not saved yet, no tab's update reloads the app; for a component's script. */
export function captureWhile(unsaved: () => boolean): void {
  const capturing = $derived(unsaved());
  $effect(() => (capturing ? beginCapture() : undefined));
}
