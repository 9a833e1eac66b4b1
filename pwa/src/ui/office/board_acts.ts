import type { Doc } from '../../store/index.ts';
import type { Dispatched, Move, Order } from '../../wire/bodies.ts';
import type { Books } from '../books/books.ts';
import type { board as texts } from '../text/board.ts';
import type { Block } from './board.ts';
import { type Case, caseOf } from './cases.ts';
import type { Desk } from './desk.ts';
import { customerName, personName } from './names.ts';
import { proposing, type Slot } from './proposals.ts';
import { momentWords } from './values.ts';

type Words = ReturnType<typeof texts.get>;

/** Something that was done on the board: what is said of it, and how it is taken back. */
export interface Done {
  readonly said: string;
  readonly undo: (() => Promise<unknown>) | undefined;
  /** The dispatch that stands now. */
  readonly dispatch?: string | undefined;
}

/** What people do on the board; `books` are those of the moment in which something is taken back. */
export class BoardActs {
  readonly #desk: Pick<Desk, 'client' | 'store' | 'me'>;
  readonly #books: () => Books;
  readonly #words: () => Words;

  constructor(desk: Pick<Desk, 'client' | 'store' | 'me'>, books: () => Books, words: () => Words) {
    this.#desk = desk;
    this.#books = books;
    this.#words = words;
  }

  /** Sends somebody to a call that waits (F015); taking it back calls him back. */
  async send(call: Doc<'service_call'>, slot: Slot, now: number): Promise<Done> {
    const order: Order = { technician: slot.technician, planned_at: slot.at };
    const dispatch = await this.#ask(`/api/calls/${call.id}/dispatch`, order);
    const reason = this.#words().wrong;
    return {
      said: this.#words().dispatched(this.#named(slot, now)),
      undo: dispatch ? () => this.#ask(`/api/dispatches/${dispatch}/cancel`, { reason }) : undefined,
      dispatch,
    };
  }

  /** Plans a job for another time, or hands it to somebody else. */
  async move(block: Pick<Block, 'id' | 'technician' | 'plannedAt'>, slot: Slot, now: number): Promise<Done> {
    const dispatch = (await this.#shift(block.id, slot)) ?? block.id;
    const before = { technician: block.technician, at: block.plannedAt };
    return {
      said: this.#words().moved(this.#named(slot, now)),
      undo: () => this.#shift(dispatch, before),
      dispatch,
    };
  }

  /** Says whom the desk would send (F015), without the network; nothing takes it back. */
  async propose(one: Case, slot: Slot | undefined, now: number): Promise<Done> {
    const { proposed_technician: technician, proposed_for: at, proposed_by: by } = one.call.fields;
    const before = technician != null && at != null ? { technician, at } : undefined;
    await this.#propose(one, slot, this.#desk.me.user);
    const words = this.#words();
    return {
      said: slot ? words.proposalKept(this.#named(slot, now)) : words.proposalGone,
      undo: async () => {
        const call = this.#books().service_call.get(one.id);
        if (call) await this.#propose(caseOf(this.#books(), call), before, by ?? null);
      },
    };
  }

  #propose(one: Case, slot: Slot | undefined, by: string | null): Promise<void> {
    const label = { about: one.id, what: 'service_call.edited', who: customerName(one) } as const;
    return this.#desk.store.capture([proposing(one, slot, by)], label);
  }

  #shift(dispatch: string, slot: Slot): Promise<string | undefined> {
    const move: Move = { technician: slot.technician, planned_at: slot.at, reason: this.#words().reassigned };
    return this.#ask(`/api/dispatches/${dispatch}/move`, move);
  }

  async #ask(path: string, body: unknown): Promise<string | undefined> {
    return ((await this.#desk.client.ask('POST', path, body)) as Dispatched | null)?.dispatch;
  }

  #named({ technician, at }: Slot, now: number) {
    return { name: personName(this.#books(), technician), time: momentWords(at, now) };
  }
}
