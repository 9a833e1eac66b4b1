import { arrivalInstant } from '../../rules/arrival.ts';
import { visitState } from '../../rules/visit_state.ts';
import type { VisitState } from '../../wire/states.ts';
import type { Category, UnsignedReason } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { type Entry, voucherNumberOf } from '../books/entries.ts';
import { told } from '../books/erased.ts';
import { undoneSummary } from '../parts/undone.ts';
import { partsWords } from '../parts/used_parts.ts';
import type { listHeads } from '../text/import.ts';
import type { parts } from '../text/parts.ts';
import type { seals } from '../text/register.ts';
import type { usedParts } from '../text/used_parts.ts';
import type { voucher } from '../text/voucher.ts';
import { momentCell, type Rows } from './list_files.ts';
import { personName } from './names.ts';
import type { Card } from './vouchers.ts';

/** The words that the file is written with. */
interface Words {
  readonly heads: ReturnType<typeof listHeads.get>;
  readonly text: ReturnType<typeof voucher.get>;
  readonly parts: ReturnType<typeof parts.get> & Readonly<Record<Category, string>>;
  readonly seals: ReturnType<typeof seals.get> &
    Readonly<Record<UnsignedReason | Exclude<VisitState, 'finished'>, string>>;
  readonly usedParts: ReturnType<typeof usedParts.get>;
  /** What is said of a visit that could not be completed. */
  readonly undone: Parameters<typeof undoneSummary>[0];
}

/** The entries of one voucher, the newest first as on the page. */
export function entryList(books: Books, { voucher, entries }: Card, words: Words): Rows {
  const { heads, text } = words;
  return [
    [
      text.arrived,
      text.onVoucher,
      heads.category,
      text.fault,
      text.action,
      words.usedParts.title,
      text.technician,
      text.amount,
      text.signature,
    ],
    ...entries.map((entry) => {
      const { visit } = entry;
      const { category, fault, technician, fee_total } = visit.fields;
      return [
        momentCell(arrivalInstant(visit.fields)),
        voucherNumberOf(books, visit) ?? voucher?.fields.number ?? '',
        category ? words.parts[category] : '',
        fault ?? '',
        [told(visit, 'action'), undoneSummary(words.undone, visit.fields)].filter(Boolean).join(' '),
        partsWords(visit.fields.parts, words.usedParts),
        personName(books, technician),
        fee_total == null ? '' : fee_total / 100,
        signatureWords(entry, words),
      ];
    }),
  ];
}

const MARKS = { equal: 'signed', amended: 'broken', rival: 'rival' } as const;

function signatureWords({ state, visit }: Entry, { parts, seals }: Pick<Words, 'parts' | 'seals'>): string {
  if (state !== 'unsigned') return parts[MARKS[state]];
  const progress = visitState(visit.fields);
  if (progress !== 'finished') return seals[progress];
  return visit.fields.unsigned_reason ? seals[visit.fields.unsigned_reason] : seals.unsigned;
}
