import { arrivalInstant, visitInstant } from '../../rules/arrival.ts';
import type { ServiceCall, ServiceVisit } from '../../wire/kinds.ts';
import type { VisitState } from '../../wire/states.ts';
import type { Category } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { isUndone } from '../books/undone.ts';
import type { board } from '../text/board.ts';
import type { Block, Lane } from './board.ts';
import { momentCell, type Rows } from './list_files.ts';
import { callNumber, productName } from './names.ts';

/** One job of a day as it goes on paper and into a file. */
export interface DayJob extends Pick<Block, 'id' | 'plannedAt' | 'customer' | 'category'> {
  /** His name. */
  readonly technician: string;
  readonly state: VisitState;
  readonly product: string;
  readonly number: string;
  readonly call: ServiceCall;
  readonly visit: ServiceVisit;
}

/** The words that the file is written with. */
interface Words {
  readonly text: ReturnType<typeof board.get>;
  readonly categories: Readonly<Record<Category, string>>;
  readonly states: Readonly<Record<VisitState, string>>;
}

/** The jobs of a day, lane by lane; what is only proposed is none. */
export function jobsOf(books: Books, lanes: readonly Lane[]): readonly DayJob[] {
  return lanes.flatMap(({ name, blocks }) => blocks.flatMap((block) => jobOf(books, name, block) ?? []));
}

function jobOf(books: Books, technician: string, block: Block): DayJob | undefined {
  const { id, state, plannedAt, customer, category } = block;
  const call = books.service_call.get(block.call);
  if (state === 'proposed' || !call) return undefined;
  const product = productName(books.asset.get(call.fields.asset)?.fields ?? {});
  const visit = books.service_visit.get(id)?.fields ?? {};
  const number = callNumber({ call });
  return { id, technician, state, plannedAt, customer, category, product, number, call: call.fields, visit };
}

/** The day's dispatches with their headings. */
export function dayList(jobs: readonly DayJob[], { text, categories, states }: Words): Rows {
  const said = (value: string | null | undefined) => value ?? '';
  const { technician, planned, customer, phone, address, product, category, symptom, state, arrived, finished } = text;
  return [
    [technician, planned, customer, phone, address, product, category, symptom, state, arrived, finished, text.number],
    ...jobs.map((job) => [
      job.technician,
      momentCell(job.plannedAt),
      job.customer,
      said(job.call.contact_phone),
      said(job.call.address),
      job.product,
      job.category ? categories[job.category] : '',
      said(job.call.symptom),
      isUndone(job.visit) ? text.undone : states[job.state],
      momentCell(arrivalInstant(job.visit)),
      momentCell(visitInstant(job.visit, 'finished_at')),
      job.number,
    ]),
  ];
}
