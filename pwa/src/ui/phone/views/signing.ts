import { canonicalText } from '../../../core/canonical.ts';
import { link } from '../../../core/chain.ts';
import { normalised } from '../../../core/wellformed.ts';
import { type SignedContent, signedContent } from '../../../rules/signed_content.ts';
import type { Me, Seen } from '../../../store/index.ts';
import type { ServiceVisit, Signature } from '../../../wire/kinds.ts';
import { TEMPLATE } from '../../../wire/states.ts';
import type { Books } from '../../books/books.ts';
import { type Captured, labelOf } from './deeds.ts';
import type { Errand } from './errand.ts';

/** What lies before the customer: it does not change while he reads and signs, whatever arrives meanwhile. */
export interface Paper {
  readonly seen: Seen | undefined;
  readonly content: SignedContent;
}

/** The paper of a visit as it stands now; nothing to pay is written as 0. */
export function paperOf(books: Books, errand: Errand, me: Pick<Me, 'name'>): Paper {
  const { dispatch, call, customer, asset, visit } = errand;
  const parties = {
    unitName: books.unit.get(dispatch.fields.unit)?.fields.name ?? '',
    technicianName: books.user.get(dispatch.fields.technician)?.fields.name ?? me.name,
  };
  const about = { call: call.id, asset: asset?.id ?? null, technician: dispatch.fields.technician ?? null };
  const entry: ServiceVisit = { ...about, ...visit?.fields, fee_total: visit?.fields.fee_total ?? 0 };
  const content = signedContent(parties, customer?.fields ?? {}, asset?.fields ?? {}, call.fields, entry);
  return { seen: visit?.seen, content };
}

/** The exact text that is signed (SPEC N1). */
export function signedText({ content }: Paper): string {
  return normalised(canonicalText(content));
}

/** What the customer gave: his name, and the files of his hand. */
export interface Handwriting {
  readonly signer_name: string;
  readonly strokes_sha256: string;
  readonly image_sha256: string;
}

/** The signature as far as the device has to sign it (SPEC N3). */
export function signatureOf(errand: Errand, paper: Paper, hand: Handwriting, device: string, at: number): Signature {
  const content = signedText(paper);
  return {
    unit: errand.dispatch.fields.unit ?? null,
    visit: errand.id,
    role: 'customer',
    ...hand,
    signer_name: normalised(hand.signer_name),
    signed_at: at,
    template: TEMPLATE,
    content,
    content_sha256: link(new TextEncoder().encode(content)),
    device,
  };
}

/** Signature and visit as one group: every signed field is written again, so that nobody changes it unseen (SPEC N2). */
export function sign(errand: Errand, { seen, content }: Paper, id: string, signature: Signature): Captured {
  const finished = errand.visit?.fields.finished_at ?? signature.signed_at ?? null;
  const entry = { ...content.visit, finished_at: finished } as ServiceVisit;
  const visit = { kind: 'service_visit', id: errand.id, fields: entry } as const;
  return {
    edits: [seen ? { ...visit, seen } : visit, { kind: 'signature', id, fields: signature }],
    label: labelOf(errand, 'visit.sign'),
  };
}
