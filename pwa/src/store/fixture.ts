import { atom } from 'nanostores';
import { link } from '../core/chain.ts';
import type { Kinds } from '../wire/kinds.ts';
import type { Write } from '../wire/protocol.ts';
import type { Kind } from '../wire/vocabulary.ts';
import { Documents } from './documents.ts';
import { operationsOf } from './edit.ts';
import type { Draft, Drafts } from './kept.ts';
import type { OutboxView } from './outbox_view.ts';
import type { Top } from './overlay.ts';
import type { Row } from './rows_database.ts';
import type { Store } from './store.ts';

interface FixtureOf<K extends Kind> {
  readonly kind: K;
  readonly id: string;
  readonly fields: Kinds[K];
  readonly rivals?: Readonly<Record<string, readonly Write[]>>;
}

/** A confirmed row of a fixture. */
export type FixtureRow = { readonly [K in Kind]: FixtureOf<K> }[Kind];

const EPOCH = 'fixture';
const ACTOR = 'fixture-actor';
const NOTHING: OutboxView = { items: [], unsent: 0, attention: 0, bytes: 0, oldestAt: null, files: new Map() };

/**
 * A store in memory, for the gallery and for tests of screens: reads and captures like the real one, sends nothing.
 *
 * `at` is the time of every capture; the outbox shows what it is given.
 */
export function fixtureStore(given: readonly FixtureRow[], at: number, outbox: OutboxView = NOTHING): Store {
  const rows = given.map((row, place): Row => ({ ...row, fields: row.fields as Row['fields'], position: place + 1 }));
  const tops: Top[] = [];
  const files = new Map<string, Blob>();
  const documents = new Documents({
    confirmed: async (kinds) => ({
      rows: rows.filter(({ kind }) => kinds.some((one) => one === kind)),
      epoch: EPOCH,
      settled: {},
    }),
    tops: async () => [...tops],
  });
  return {
    documents: (kind, keep = () => true) => documents.list(kind, keep),
    document: (kind, id) => documents.one(kind, id),
    async capture(edits) {
      for (const operation of operationsOf(edits, EPOCH, at)) {
        tops.push({ dot: [ACTOR, tops.length + 1], operation, unsent: true, held: false, position: null });
      }
      await documents.workChanged();
    },
    drafts: fixtureDrafts(),
    blobs: {
      async keep(file) {
        const name = link(new Uint8Array(await file.arrayBuffer()));
        files.set(name, file);
        return name;
      },
      read: async (name) => files.get(name) ?? null,
      drop: async (name) => void files.delete(name),
    },
    outbox: atom(outbox),
    dismiss: async () => {},
    exportFile: (give) => give({ batches: [], blobs: [] }),
    receipts: async () => ({ entries: 0, newestAt: null }),
    exportReceipts: (give) => give(new Blob()),
  };
}

function fixtureDrafts(): Drafts {
  const drafts = new Map<string, Draft<unknown>>();
  return {
    keep: async (key, draft) => void drafts.set(key, draft),
    read: async <Input>(key: string) => (drafts.get(key) as Draft<Input> | undefined) ?? null,
    drop: async (key) => void drafts.delete(key),
  };
}
