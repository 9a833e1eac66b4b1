import { trouble as words } from '../text/trouble.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** One thing that a person does and that may be refused: whether it is running, and why it was not done. */
export class Deed {
  busy = $state(false);
  trouble = $state.raw<Trouble>();

  /** Runs it unless it is running already; whether it was done. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    [this.busy, this.trouble] = [true, undefined];
    try {
      await act();
      return true;
    } catch (error) {
      await this.tell(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Says in plain words why something was not done. */
  async tell(error: unknown): Promise<void> {
    const { sentences } = await import('../text/sentences.ts');
    this.trouble = troubleOf(error, sentences.get(), words.get());
  }
}
