import { signatureId } from '../../core/chain.ts';
import type { SignerRole, UnsignedReason } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { Deed } from '../parts/deed.svelte.ts';
import { drawingPng } from '../parts/png.ts';
import { type Drawing, EMPTY, encodeStrokes } from '../parts/strokes.ts';
import type { Kit } from './kit.ts';
import { type Captured, finishUnsigned } from './views/deeds.ts';
import type { Errand } from './views/errand.ts';
import { glanceOf } from './views/glance.ts';
import { type Paper, paperOf, sign, signatureOf, signedBy, signedText } from './views/signing.ts';

interface Kept {
  readonly text: string;
  readonly drawing: Drawing;
  readonly signer: string;
  readonly role?: SignerRole;
}

/** What lies before the customer, from when it is opened until it is signed; every stroke is kept at once. */
export class FinishForm extends Deed {
  paper = $state.raw<Paper>();
  drawing = $state.raw<Drawing>(EMPTY);
  signer = $state('');
  /** In which capacity he signs. */
  role = $state<SignerRole>('customer');
  /** When strokes and name were last kept on this phone. */
  keptAt = $state<number>();
  /** Somebody signed here before, but another content. */
  changed = $state(false);
  readonly #kit: Kit;
  readonly #key: string;
  #customer = '';

  constructor(kit: Kit, id: string) {
    super();
    this.#kit = kit;
    this.#key = `finish:${id}`;
  }

  /** Lays the paper as it stands now; strokes come back only if they were written under this very content. */
  async open(books: Books, errand: Errand): Promise<void> {
    const me = this.#kit.client.session.me.get();
    const kept = await this.#kit.store.drafts.read<Kept>(this.#key);
    const paper = paperOf(books, errand, { name: me?.name ?? '' });
    const same = kept?.input.text === signedText(paper);
    this.drawing = kept && same ? kept.input.drawing : EMPTY;
    this.#customer = glanceOf(errand, 0, undefined).customer;
    this.role = kept?.input.role ?? 'customer';
    this.signer = kept?.input.signer ?? this.#customer;
    this.changed = kept !== null && !same && kept.input.drawing.strokes.length > 0;
    this.paper = paper;
  }

  /** Another one takes the pen: what the one before him drew is not his. */
  choose(role: SignerRole): void {
    if (role === this.role) return;
    this.role = role;
    this.keep({ drawing: EMPTY, signer: role === 'customer' ? this.#customer : '' });
  }

  keep(change: { readonly drawing?: Drawing; readonly signer?: string }): void {
    if (!this.paper) return;
    this.drawing = change.drawing ?? this.drawing;
    this.signer = change.signer ?? this.signer;
    const input: Kept = { text: signedText(this.paper), drawing: this.drawing, signer: this.signer, role: this.role };
    void this.#kit.store.drafts.keep(this.#key, { seen: this.paper.seen ?? null, input }).then(
      () => {
        this.keptAt = this.#kit.ambient.now();
      },
      (error) => this.tell(error),
    );
  }

  /** Files first, then signature and visit as one group; whether it is durable here. */
  finish(errand: Errand): Promise<boolean> {
    return this.run(async () => {
      const paper = signedBy(this.paper as Paper, { role: this.role, name: this.signer });
      const { store, client, ambient } = this.#kit;
      const [strokes_sha256, image_sha256] = await Promise.all([
        store.blobs.keep(new Blob([encodeStrokes(this.drawing)], { type: 'text/plain' })),
        store.blobs.keep(await drawingPng(this.drawing)),
      ]);
      const hand = { strokes_sha256, image_sha256 };
      const unsigned = signatureOf(errand, paper, hand, client.session.me.get()?.device ?? '', ambient.now());
      const id = signatureId(unsigned);
      const signature = { ...unsigned, device_signature: await client.sign(id, unsigned) };
      await this.#capture(sign(errand, paper, id, signature));
    });
  }

  finishUnsigned(errand: Errand, reason: UnsignedReason, note: string): Promise<boolean> {
    return this.run(() => this.#capture(finishUnsigned(errand, this.#kit.ambient.now(), reason, note)));
  }

  #capture({ edits, label }: Captured): Promise<void> {
    return this.#kit.store.capture(edits, label, { draft: this.#key });
  }
}
