import { createContext } from 'svelte';
import type { Guide } from './tree.ts';

/** What the parts of one guide need from where it is shown. */
export interface Shown {
  readonly pictures: Guide['pictures'];
  /** Address of a section, of this guide or of another one. */
  readonly hrefOf: (guide: string, section: string) => string;
}

export const [getShown, setShown] = createContext<Shown>();
