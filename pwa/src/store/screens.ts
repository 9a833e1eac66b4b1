import { deliveries, dropBlob, keepBlob, keptAmong, markExported, readBlob, waitingBlobs, withBytes } from './blobs.ts';
import { append } from './capturing.ts';
import type { Change, Inside } from './device.ts';
import { Documents } from './documents.ts';
import type { Edit } from './edit.ts';
import { batchesOf, markChainsExported, parts, type Unsent, unsentOf } from './export_file.ts';
import { draftsOf } from './kept.ts';
import { live } from './live.ts';
import { dismiss, isNamed, namedBlobs, outboxEntries, topsOf } from './outbox_reading.ts';
import { type OnTheWire, type OutboxView, outboxView } from './outbox_view.ts';
import { receiptLines, receiptsOf } from './receipts_file.ts';
import { confirmed } from './rows.ts';
import type { Store } from './store.ts';

/** How long delivered items stay on the list. */
const LISTED_MS = 86_400_000;

interface ScreenSide {
  readonly store: Store;
  readonly changed: (change: Change) => void;
  /** Resolves when everything that was told is shown. */
  readonly quiet: () => Promise<void>;
}

/** What screens use, and how it hears of changes. */
export function screenSide(inside: Inside): ScreenSide {
  const { databases, me } = inside;
  const documents = new Documents({
    confirmed: (wanted) => confirmed(databases.rows, wanted),
    tops: async (settled) => (me.get() ? topsOf(databases.outbox, inside.person(), settled) : []),
  });
  let wire: Partial<OnTheWire> = {};
  const outbox = live(() => readOutbox(inside, wire));
  // Counted first: no screen shows work and says beside it that everything is delivered.
  const worked = () => void outbox.refresh().finally(() => documents.workChanged());
  const hear: { readonly [Name in Change[0]]: (change: Extract<Change, readonly [Name, ...unknown[]]>) => void } = {
    captured: worked,
    work: worked,
    wire([, now]) {
      wire = now;
      void outbox.refresh();
    },
    rows: ([, keys]) => void documents.rowsChanged(keys),
    wiped: () => {},
    me() {
      void documents.rowsChanged(null);
      void outbox.refresh();
    },
  };
  const quiet = async () => {
    await outbox.quiet();
    await documents.quiet();
  };
  void outbox.refresh();
  return {
    store: {
      documents: (kind, keep = () => true) => documents.list(kind, keep),
      document: (kind, id) => documents.one(kind, id),
      outbox: outbox.value,
      ...writing(inside, outbox.value, quiet),
    },
    changed: (change) => (hear[change[0]] as (change: Change) => void)(change),
    quiet,
  };
}

async function readOutbox({ databases, ambient, me, person }: Inside, wire: Partial<OnTheWire>): Promise<OutboxView> {
  const waiting = await waitingBlobs(databases.blobs);
  const files = new Map(waiting.map((row) => [row.sha256, row]));
  if (!me.get()) return outboxView([], { files, delivered: new Map() }, wire);
  const entries = await outboxEntries(databases.outbox, person(), ambient.now() - LISTED_MS, [...files.keys()]);
  const delivered = await deliveries(databases.blobs, [...new Set(entries.flatMap(({ row }) => row.blobs))]);
  return outboxView(entries, { files, delivered }, wire);
}

type Writing = Pick<Store, 'capture' | 'drafts' | 'blobs' | 'dismiss' | 'exportFile' | 'receipts' | 'exportReceipts'>;

function writing(
  { databases, ambient, me, person, tell }: Inside,
  outbox: Store['outbox'],
  shown: () => Promise<void>,
): Writing {
  const drafts = draftsOf(databases.rows, () => person().user);
  return {
    drafts,
    blobs: {
      keep: (file) => keepBlob(databases.blobs, file),
      read: (name) => readBlob(databases.blobs, name),
      async drop(name) {
        if (!(await isNamed(databases.outbox, name))) await dropBlob(databases.blobs, name);
      },
    },
    async capture(edits, label, also = {}) {
      const blobs = await keptAmong(databases.blobs, fileNames(edits));
      await append(databases.outbox, person(), { edits, label, blobs, at: ambient.now() });
      tell(['captured']);
      if (also.draft !== undefined) await drafts.drop(also.draft);
      await shown();
    },
    async dismiss(item) {
      const found = outbox.get()?.items.find(({ id }) => id === item);
      await dismiss(databases.outbox, found?.operations ?? []);
      tell(['work']);
    },
    exportFile: (give) => exportFile({ databases, person, me }, give),
    receipts: () => receiptsOf(databases.outbox, person()),
    async exportReceipts(give) {
      const lines = await receiptLines(databases.outbox, person(), ambient.now());
      await give(new Blob([lines], { type: 'application/x-ndjson' }));
    },
  };
}

/** Values of fields that name files by their ending; some name other things, so it is asked which are kept here. */
function fileNames(edits: readonly Edit[]): string[] {
  const fields = edits.flatMap((edit) => Object.entries(edit.fields));
  return fields.filter(([field, value]) => field.endsWith('_sha256') && value).map(([, value]) => String(value));
}

async function exportFile(
  { databases, person, me }: Pick<Inside, 'databases' | 'person' | 'me'>,
  give: Parameters<Store['exportFile']>[0],
): Promise<void> {
  // Another device's key signed what an older one left: only this one's work can be vouched for here.
  const own = ({ actor }: Unsent) => actor.record.device === me.get()?.device;
  const unsent = (await unsentOf(databases.outbox, person())).filter(own);
  const waiting = await waitingBlobs(databases.blobs);
  const names = waiting.map(({ sha256 }) => sha256);
  const named = new Set(unsent.flatMap(({ operations }) => operations.flatMap(({ blobs }) => blobs)));
  for (const name of await namedBlobs(databases.outbox, person(), names)) named.add(name);
  const files = await withBytes(
    databases.blobs,
    waiting.filter(({ sha256 }) => named.has(sha256)),
  );
  const batches = await Promise.all(unsent.map((each) => batchesOf(databases.outbox, each)));
  for (const part of parts(batches.flat(), files)) await give(part);
  await markChainsExported(databases.outbox, unsent);
  await markExported(
    databases.blobs,
    files.map(({ sha256 }) => sha256),
  );
}
