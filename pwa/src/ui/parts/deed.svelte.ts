import { Refused } from '../../net/index.ts';
import { sentences as joined } from '../text/between.ts';
import { trouble as words } from '../text/trouble.ts';
import { fieldOf, type ProblemField } from './problem_fields.ts';
import { type Trouble, troubleOf } from './trouble.ts';

interface AtField {
  readonly field: ProblemField;
  readonly trouble: Trouble;
}

/** One thing that a person does and that may be refused: whether it is running, and why it was not done. */
export class Deed {
  busy = $state(false);
  /** What no field of the form has by itself. */
  trouble = $state.raw<Trouble>();
  #atField = $state.raw<AtField>();
  readonly #fields: readonly ProblemField[];

  /** `fields` are those of the form that tell by themselves, beside their own faults, what the server refused in them. */
  constructor(fields: readonly ProblemField[] = []) {
    this.#fields = fields;
  }

  /** Runs it unless it is running already; whether it was done. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.forget();
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

  /** Says in plain words why something was not done, at the field that was to blame or below all of them. */
  async tell(error: unknown): Promise<void> {
    const { sentences } = await import('../text/sentences.ts');
    const trouble = troubleOf(error, sentences.get(), words.get());
    const field = error instanceof Refused ? fieldOf(error.code) : undefined;
    if (field && this.#fields.includes(field)) this.#atField = { field, trouble };
    else this.trouble = trouble;
  }

  /** What the server refused in a field, until it is changed. */
  at(field: ProblemField): string | undefined {
    if (this.#atField?.field !== field) return undefined;
    const { happened, next } = this.#atField.trouble;
    return joined([happened, next]);
  }

  /** A field holds something else: what was refused in it is true no more. */
  touched(field: ProblemField): void {
    if (this.#atField?.field === field) this.#atField = undefined;
  }

  /** The person tries again: what was refused before is said no more, whatever comes of it. */
  forget(): void {
    [this.trouble, this.#atField] = [undefined, undefined];
  }
}
