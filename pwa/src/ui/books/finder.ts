import type { Books } from './books.ts';
import { type Index, type Indexer, indexer } from './finding.ts';
import { charactersOf } from './folding.ts';

let made: Promise<Indexer> | undefined;

/** The table of characters is as large as a screen's code: it comes when somebody searches. */
function madeIndexer(): Promise<Indexer> {
  made ??= import('./alike.ts').then(({ ALIKE }) => indexer(charactersOf(ALIKE)));
  return made;
}

/** Makes the books ready for searching, in slices between which the page answers; without the table it finds less. */
export async function openIndex(books: Books): Promise<Index> {
  const index = await madeIndexer().catch(() => {
    made = undefined;
    return indexer(new Map());
  });
  return index(books, breathe);
}

const breathe = () => new Promise<void>((done) => setTimeout(done));
