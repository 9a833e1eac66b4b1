import type { Asset, Customer, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import { FIELDS_OF, SIGNED_FIELDS, type SignatureState, TEMPLATE } from '../wire/states.ts';
import type { SignerRole } from '../wire/vocabulary.ts';

/** Whose names stand on the entry. */
export interface SignedParties {
  readonly unitName: string;
  readonly technicianName: string;
}

export type SignedField = (typeof SIGNED_FIELDS)[number];

/** Who signs, and in which capacity. */
export interface Signer {
  readonly role: SignerRole;
  readonly name: string;
}

/** What a customer signs, of the template `visit-3`; its RFC 8785 text is what the signature binds (N1). */
export interface SignedContent {
  readonly template: string;
  readonly unit: string;
  readonly technician: string;
  readonly customer: Readonly<Record<'name' | 'address' | 'phone', string | null>>;
  readonly asset: Readonly<Record<'product' | 'model_no' | 'serial_no', string | null>>;
  readonly visit: Readonly<Record<SignedField, string | number | null>>;
  /** Contents of the first template say nothing of it, and bind fewer fields (ADR 43). */
  readonly signer?: Signer;
}

/**
 * The content to be signed: names as they stand now, the visit's fields, no server-assigned number (F032).
 *
 * The visit's own id is bound beside it, by the signature that holds the content (SPEC N3, N4).
 */
export function signedContent(
  parties: SignedParties,
  customer: Customer,
  asset: Asset,
  call: ServiceCall,
  visit: ServiceVisit,
  signer: Signer,
): SignedContent {
  return {
    template: TEMPLATE,
    unit: parties.unitName,
    technician: parties.technicianName,
    customer: { name: customer.name ?? null, address: call.address ?? null, phone: call.contact_phone ?? null },
    asset: { product: asset.product ?? null, model_no: asset.model_no ?? null, serial_no: asset.serial_no ?? null },
    visit: Object.fromEntries(SIGNED_FIELDS.map((field) => [field, visit[field] ?? null])) as SignedContent['visit'],
    signer: { role: signer.role, name: signer.name },
  };
}

/**
 * How the visit's shown fields stand to the signed content.
 *
 * `rivals` names the visit's fields that hold rival values: a signed field among them was changed by somebody who had
 * not seen the signature, and the signed value stays shown. Without one, a difference is an amendment made in knowledge
 * of the signature, which asks for a new one.
 */
export function signatureState(
  content: (Pick<SignedContent, 'visit'> & Partial<SignedContent>) | null,
  visit: ServiceVisit,
  rivals: Iterable<string>,
): SignatureState {
  if (content === null) return 'unsigned';
  const rival = new Set(rivals);
  const fields = boundBy(content.template);
  if (fields.some((field) => rival.has(field))) return 'rival';
  const equal = fields.every((field) => (visit[field] ?? null) === (content.visit[field] ?? null));
  return equal ? 'equal' : 'amended';
}

/**
 * The state of an entry of which what was signed was erased (SPEC Y1, ADR 44).
 *
 * Nothing can be compared any more: it stands as it was signed unless it was amended after that.
 */
export function erasedSignatureState(signedAt: number | null, amendedAt: number | null): SignatureState {
  return amendedAt !== null && amendedAt > (signedAt ?? 0) ? 'amended' : 'equal';
}

/** The fields of the visit that a content of that template binds. */
export function boundBy(template: string | undefined): readonly SignedField[] {
  return template !== undefined && template in FIELDS_OF
    ? FIELDS_OF[template as keyof typeof FIELDS_OF]
    : SIGNED_FIELDS;
}
