import { makeIds } from './ids.ts';

/** What the surroundings give: time, chance and names. Rules and core never see it; whoever needs it is handed it. */
export interface Ambient {
  /** Epoch milliseconds by this device's clock, which may be wrong. */
  readonly now: () => number;
  /** That many bytes fit for secrets. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>;
  /** A new id of 26 ASCII characters that sorts after every earlier one of this page. */
  readonly id: () => string;
}

const now = () => Date.now();
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** The browser's own: the only wall clock, random source and id maker of the app. */
export const ambient: Ambient = { now, random, id: makeIds(now, random) };
