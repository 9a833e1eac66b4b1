import type { ReadableAtom } from 'nanostores';
import type { Kind } from '../wire/vocabulary.ts';
import type { Doc } from './doc.ts';
import type { Edit } from './edit.ts';
import type { UnsentWork } from './export_file.ts';
import type { Drafts } from './kept.ts';
import type { Label } from './outbox_database.ts';
import type { OutboxView } from './outbox_view.ts';
import type { Receipts } from './receipts_file.ts';

/** Files that were captured here, by the SHA-256 of their bytes. */
export interface Files {
  /** Resolves with the name once the file is durable here. */
  readonly keep: (file: Blob) => Promise<string>;
  /** Null: not on this device. */
  readonly read: (sha256: string) => Promise<Blob | null>;
  /** Lets go of a file that was kept for a capture that did not come to be; one that something names stays. */
  readonly drop: (sha256: string) => Promise<void>;
}

/** What a device keeps, as screens use it; docs/client-api.md says how. */
export interface Store {
  /** The documents of a kind that a filter lets through, in the order of their ids. */
  readonly documents: <K extends Kind>(
    kind: K,
    keep?: (doc: Doc<K>) => boolean,
  ) => ReadableAtom<readonly Doc<K>[] | undefined>;
  /** Null: there is none. */
  readonly document: <K extends Kind>(kind: K, id: string) => ReadableAtom<Doc<K> | null | undefined>;
  /** Writes one group; resolves when it is durable here and shown in this tab. Throws `NotReady`, `TooLarge`, `Unfit`, or a full disk's error. */
  readonly capture: (edits: readonly Edit[], label: Label, also?: { readonly draft?: string }) => Promise<void>;
  readonly drafts: Drafts;
  readonly blobs: Files;
  readonly outbox: ReadableAtom<OutboxView | undefined>;
  /** Takes an item that needed attention off the list. */
  readonly dismiss: (item: string) => Promise<void>;
  /**
   * Gives everything that the office does not have to `give`, which seals it and hands it to the person, in as many
   * parts as there will be files; once that resolves, signing out is allowed (SPEC V5). What it throws is passed on,
   * and nothing counts as exported.
   */
  readonly exportFile: (give: (work: UnsentWork) => Promise<void>) => Promise<void>;
  /** What the office signed for on this device, in short. */
  readonly receipts: () => Promise<Receipts>;
  /** Gives everything that the office signed for, with the receipts, as a file to `give`; what it throws is passed on. */
  readonly exportReceipts: (give: (file: Blob) => Promise<void>) => Promise<void>;
}
