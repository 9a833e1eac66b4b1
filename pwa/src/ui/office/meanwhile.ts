import type { Books } from '../books/books.ts';
import type { Entry } from '../books/entries.ts';
import { type TakenBack, takenBack } from '../books/taken_back.ts';
import { personName } from './names.ts';

/** A job that was taken back while its technician, who could not know it, was at the customer's. */
export interface Meanwhile extends TakenBack {
  readonly technician: string;
  /** How far he came. */
  readonly work: 'signed' | 'unsigned' | 'under_way';
}

/** Undefined where nothing was taken back, or nobody had arrived. */
export function meanwhileOf(books: Books, { id, visit, signature }: Entry): Meanwhile | undefined {
  const dispatch = books.dispatch.get(id);
  const { arrived_at, finished_at, technician, call } = visit.fields;
  const taken = dispatch && arrived_at != null ? takenBack(books, dispatch, books.service_call.get(call)) : undefined;
  if (!taken) return undefined;
  const work = finished_at == null ? 'under_way' : signature ? 'signed' : 'unsigned';
  return { ...taken, technician: personName(books, technician), work };
}
