import { chosenPin, isRight, type PinRecord, triesLeft } from './pin_code.ts';

/** So long may the app be out of sight without asking again. */
const AWAY_MS = 5 * 60_000;

interface Around {
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly storage: Storage;
}

const nameOf = (owner: string) => `fieldproof-pin/${owner}`;

/** Forgets the code of somebody who is forgotten himself. */
export function forgetLock(storage: Storage, owner: string): void {
  storage.removeItem(nameOf(owner));
}

/** The lock of one person's device: his code, and whether it has to be entered now. */
export class Lock {
  locked = $state(true);
  record = $state.raw<PinRecord | null>(null);
  readonly #around: Around;
  readonly #name: string;
  #hiddenAt: number | undefined;

  constructor(around: Around, owner: string) {
    this.#around = around;
    this.#name = nameOf(owner);
    this.record = JSON.parse(around.storage.getItem(this.#name) ?? 'null');
  }

  get triesLeft(): number {
    return this.record ? triesLeft(this.record) : 0;
  }

  async choose(digits: string): Promise<void> {
    this.#keep(await chosenPin(digits, this.#around.random));
    this.locked = false;
  }

  /** Whether the code was right; the try is counted before it is looked at, so that ending the app gains none. */
  async unlock(digits: string): Promise<boolean> {
    if (!this.record || this.triesLeft === 0) return false;
    this.#keep({ ...this.record, wrong: this.record.wrong + 1 });
    if (!(await isRight(this.record, digits))) return false;
    this.#keep({ ...this.record, wrong: 0 });
    this.locked = false;
    return true;
  }

  /** The person signed in with his password instead; a code that nobody remembered is forgotten, and chosen anew. */
  signedIn(): void {
    if (!this.record) return;
    if (this.triesLeft > 0) this.#keep({ ...this.record, wrong: 0 });
    else this.#forget();
    this.locked = false;
  }

  /** The app went out of sight, or came back. */
  seen(visible: boolean): void {
    const now = this.#around.now();
    if (!visible) this.#hiddenAt = now;
    else if (this.#hiddenAt !== undefined && Math.abs(now - this.#hiddenAt) >= AWAY_MS) this.locked = true;
  }

  #forget(): void {
    this.#around.storage.removeItem(this.#name);
    this.record = null;
  }

  #keep(record: PinRecord): void {
    this.#around.storage.setItem(this.#name, JSON.stringify(record));
    this.record = record;
  }
}
