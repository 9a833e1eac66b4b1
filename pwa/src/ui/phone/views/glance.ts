import type { OutboxView } from '../../../store/index.ts';
import type { SignatureState, VisitState } from '../../../wire/states.ts';
import type { Category, Zone } from '../../../wire/vocabulary.ts';
import type { Books } from '../../books/books.ts';
import type { Errand } from './errand.ts';

/** One job as its card shows it; instants in epoch milliseconds throughout. */
export interface JobGlance {
  readonly id: string;
  readonly customer: string;
  readonly address: string;
  readonly district: string;
  readonly zone: Zone | undefined;
  /** Product and model, as one says it: 冰箱 KR-528WN. */
  readonly product: string;
  readonly category: Category | undefined;
  readonly carriedOver: boolean;
  readonly plannedAt: number | undefined;
  readonly receivedAt: number | undefined;
  readonly state: VisitState;
  readonly signature: SignatureState;
  /** Records of this job that are only on this phone. */
  readonly unsent: number;
  /** Taken away while the phone was offline; stays until it was seen. */
  readonly gone: Gone | undefined;
}

/** Who has it now; without a name nobody has. */
export interface Gone {
  readonly to?: string;
}

/** How many captured items of each job are only on this phone. */
export function unsentByJob(outbox: OutboxView | undefined): ReadonlyMap<string, number> {
  const open = (outbox?.items ?? []).filter(({ state }) => state === 'pending' || state === 'sending');
  const byJob = Map.groupBy(open, ({ about }) => about);
  return new Map([...byJob].map(([about, items]) => [about, items.length]));
}

export function glanceOf(errand: Errand, unsent: number, gone: Gone | undefined): JobGlance {
  const { id, dispatch, call, customer, asset, visit, state, signature } = errand;
  const { address, district, zone, category, received_at } = call.fields;
  return {
    id,
    customer: customer?.fields.name ?? call.fields.contact_name ?? '',
    address: address ?? '',
    district: district ?? '',
    zone: zone ?? undefined,
    product: productName(asset?.fields ?? {}),
    category: visit?.fields.category ?? category ?? undefined,
    carriedOver: dispatch.fields.priority === 'carried_over',
    plannedAt: dispatch.fields.planned_at ?? undefined,
    receivedAt: received_at ?? undefined,
    state,
    signature,
    unsent,
    gone,
  };
}

/** Product and model as one says them: 變頻冰箱 KR-528WN. */
export function productName(asset: { readonly product?: string | null; readonly model_no?: string | null }): string {
  return [asset.product, asset.model_no].filter(Boolean).join(' ');
}

/** Whoever was sent to the same call instead. */
export function goneTo(books: Books, { id, call, dispatch }: Errand): Gone {
  const instead = books.dispatch
    .children('call', call)
    .find(
      ({ id: other, fields }) =>
        other !== id && fields.cancelled_at == null && fields.technician !== dispatch.fields.technician,
    );
  const name = books.user.get(instead?.fields.technician)?.fields.name;
  return name ? { to: name } : {};
}
