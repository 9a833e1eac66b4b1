import { type Drafts, SEARCHES as KEY } from '../../store/index.ts';

const MOST = 6;

/** What this person looked for and found, the newest first; kept on the phone, and forgotten with him. */
export class RecentSearches {
  texts = $state.raw<readonly string[]>([]);
  readonly #drafts: Drafts;

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
    void drafts.read<readonly string[]>(KEY).then((kept) => {
      this.texts = kept?.input ?? [];
    });
  }

  /** He opened something that this had found. */
  add(typed: string): void {
    const text = typed.trim();
    this.texts = [text, ...this.texts.filter((other) => other !== text)].slice(0, MOST);
    void this.#keep(text);
  }

  /** Read again first: an erasure may have forgotten what stands on the screen. */
  async #keep(text: string): Promise<void> {
    const kept = (await this.#drafts.read<readonly string[]>(KEY))?.input ?? [];
    const input = [text, ...kept.filter((other) => other !== text)].slice(0, MOST);
    await this.#drafts.keep(KEY, { seen: null, input });
  }

  forget(): void {
    this.texts = [];
    void this.#drafts.drop(KEY);
  }
}
