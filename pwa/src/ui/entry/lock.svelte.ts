import { fromStore } from 'svelte/store';
import type { PinRecord, Pins } from '../../store/index.ts';
import { chosenPin, isRight, triesLeft } from './pin_code.ts';

/** So long may the app be out of sight without asking again. */
const AWAY_MS = 5 * 60_000;

interface Around {
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly pins: Pins;
}

/**
 * The lock of one person's device: his code, and whether it has to be entered now.
 *
 * What changes the code or its count throws where the disk takes nothing; then nothing has happened.
 */
export class Lock {
  locked = $state(true);
  readonly #around: Around;
  readonly #owner: string;
  readonly #records: { readonly current: Pins['records']['value'] };
  #hiddenAt: number | undefined;

  /** `owner` is the person by the name of `ownerOf`. */
  constructor(around: Around, owner: string) {
    this.#around = around;
    this.#owner = owner;
    this.#records = fromStore(around.pins.records);
  }

  get record(): PinRecord | null {
    return this.#records.current?.[this.#owner] ?? null;
  }

  get triesLeft(): number {
    return this.record ? triesLeft(this.record) : 0;
  }

  /** A code that was chosen in another tab meanwhile stands, and has to be entered here. */
  async choose(digits: string): Promise<void> {
    const chosen = await chosenPin(digits, this.#around.random);
    const stands = await this.#change((kept) => kept ?? chosen);
    this.locked = stands !== chosen;
  }

  /** Whether the code was right; the try is on the disk before it is looked at, so that ending the app gains none. */
  async unlock(digits: string): Promise<boolean> {
    let isCounted = false;
    const tried = await this.#change((kept) => {
      isCounted = kept !== null && triesLeft(kept) > 0;
      return kept && isCounted ? { ...kept, wrong: kept.wrong + 1 } : kept;
    });
    if (!tried || !isCounted || !(await isRight(tried, digits))) return false;
    this.locked = false;
    await this.#change((kept) => (kept?.hash === tried.hash ? forgiven(kept) : kept));
    return true;
  }

  /** The person signed in with his password instead; a code that nobody remembered is forgotten, and chosen anew. */
  async signedIn(): Promise<void> {
    if (!this.record) return;
    // At once, so that he does not see the lock; a code that is forgotten has to be forgotten first.
    if (this.triesLeft > 0) this.locked = false;
    await this.#change((kept) => (kept && triesLeft(kept) > 0 ? forgiven(kept) : null));
    this.locked = false;
  }

  /** The app went out of sight, or came back. */
  seen(visible: boolean): void {
    const now = this.#around.now();
    if (!visible) this.#hiddenAt = now;
    else if (this.#hiddenAt !== undefined && Math.abs(now - this.#hiddenAt) >= AWAY_MS) this.locked = true;
  }

  #change(to: (kept: PinRecord | null) => PinRecord | null): Promise<PinRecord | null> {
    return this.#around.pins.change(this.#owner, to);
  }
}

const forgiven = (record: PinRecord): PinRecord => ({ ...record, wrong: 0 });
