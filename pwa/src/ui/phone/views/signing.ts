import { canonicalText } from '../../../core/canonical.ts';
import { link } from '../../../core/chain.ts';
import { normalised } from '../../../core/wellformed.ts';
import { type SignedContent, type Signer, signedContent } from '../../../rules/signed_content.ts';
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

/** Before anybody has taken the pen. */
const NOBODY: Signer = { role: 'customer', name: '' };

/** The paper with who signs it, and in which capacity. */
export function signedBy(paper: Paper, { role, name }: Signer): Paper {
  return { ...paper, content: { ...paper.content, signer: { role, name: normalised(name.trim()) } } };
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
  const content = signedContent(parties, customer?.fields ?? {}, asset?.fields ?? {}, call.fields, entry, NOBODY);
  return { seen: visit?.seen, content };
}

/** The exact text that is signed (SPEC N1). */
export function signedText({ content }: Paper): string {
  return normalised(canonicalText(content));
}

/** What the signer gave: the files of his hand. */
export interface Handwriting {
  readonly strokes_sha256: string;
  readonly image_sha256: string;
}

/** The signature as far as the device has to sign it (SPEC N3). */
export function signatureOf(errand: Errand, paper: Paper, hand: Handwriting, device: string, at: number): Signature {
  const content = signedText(paper);
  const signer = paper.content.signer ?? NOBODY;
  return {
    unit: errand.dispatch.fields.unit ?? null,
    visit: errand.id,
    role: signer.role,
    ...hand,
    signer_name: signer.name,
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
