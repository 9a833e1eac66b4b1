import type { EpochChange, HealReport, Loss, MissingFile, Parting, Settled } from '../../wire/bodies.ts';
import type { Books } from '../books/books.ts';
import type { fileKinds, fileStates, healing, lossStates } from '../text/healing.ts';
import type { listHeads } from '../text/import.ts';
import { whoseWords } from './healing.ts';
import { momentCell, type Rows } from './list_files.ts';
import { personName } from './names.ts';

/** The words that the file is written with. */
interface Words {
  readonly books: Books;
  readonly heads: ReturnType<typeof listHeads.get>;
  readonly text: ReturnType<typeof healing.get>;
  readonly losses: ReturnType<typeof lossStates.get>;
  readonly files: ReturnType<typeof fileStates.get>;
  readonly kinds: ReturnType<typeof fileKinds.get>;
}
type Row = Rows[number];

/** The whole report in one table, part by part as the page shows it. */
export function healingList({ losses, partings, files = [], changes }: HealReport, words: Words): Rows {
  const { heads, text } = words;
  return [
    [heads.matter, text.device, text.operations, heads.time, heads.detail, text.settledTag],
    ...losses.map((loss) => lossRow(loss, words)),
    ...partings.map((parting) => partingRow(parting, words)),
    ...files.map((file) => fileRow(file, words)),
    ...changes.flatMap((change) => changeRows(change, words)),
  ];
}

function lossRow(loss: Loss, { books, text, losses }: Words): Row {
  const { operations, since, state, settled } = loss;
  const whose = whoseWords(text, books, loss);
  return [text.losses, whose, operations, momentCell(since), losses[state], settledWords(settled, books, text)];
}

function partingRow(parting: Parting, { books, text }: Words): Row {
  const { there, here, at, both, settled } = parting;
  const detail = [both ? text.copied : text.putBack, text.branches({ here, there })].join(' ');
  const whose = whoseWords(text, books, parting);
  return [text.partings, whose, there, momentCell(at), detail, settledWords(settled, books, text)];
}

function fileRow(file: MissingFile, { books, text, files, kinds }: Words): Row {
  const { kind, customer, number, state, captured_at } = file;
  const what = kind === 'signature' ? kinds.signature : kinds.photo;
  const detail = [what, customer, number, files[state]].filter(Boolean).join(' ');
  return [text.files, whoseWords(text, books, file), 1, momentCell(captured_at), detail, ''];
}

function changeRows(change: EpochChange, { books, text }: Words): Rows {
  const { at, cause, device, reached, fork, back, returned, awaited } = change;
  const teller = device ? { device, user: books.device.get(device)?.fields.user ?? '' } : undefined;
  const how = cause === 'hello' && teller ? text.byDevice({ who: whoseWords(text, books, teller) }) : text.byCommand;
  const lost = reached === null ? undefined : reached - fork;
  const whatBecame = lost === undefined ? text.unreached : text.reached({ lost, back });
  return [
    [text.changes, '', lost ?? '', momentCell(at), `${how} ${whatBecame}`, ''],
    ...returned.map((one) => [
      text.returned,
      whoseWords(text, books, one),
      one.operations,
      momentCell(one.first_at),
      text.whenSpan({ from: momentCell(one.first_at), to: momentCell(one.last_at) }),
      '',
    ]),
    ...awaited.map((one) => [text.awaited, whoseWords(text, books, one), '', momentCell(one.seen_at), '', '']),
  ];
}

function settledWords(settled: Settled | null, books: Books, text: Words['text']): string {
  if (!settled) return '';
  const { by, at, reason } = settled;
  return text.settled({ name: personName(books, by) || text.somebody, time: momentCell(at), reason });
}
