import type { Doc } from '../../src/store/index.ts';
import { type Errand, errandOf } from '../../src/ui/phone/views/errand.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, doc } from '../office/made.ts';

export const ME = { user: 'lin', name: '林志豪' };

/** What every job of these tests belongs to. */
export const GROUND: readonly Doc[] = [
  doc('unit', 'ban', { name: '板橋服務中心' }),
  doc('user', 'lin', { name: '林志豪' }),
  doc('user', 'chou', { name: '周俊宏' }),
  doc('customer', 'chen', { name: '陳美惠', mobile: '0912-345-678', note: '5 樓有電梯' }),
  doc('asset', 'fridge', {
    unit: 'ban',
    customer: 'chen',
    product: '變頻冰箱',
    model_no: 'KR-528WN',
    serial_no: '528N-104417',
  }),
];

/** A call and its dispatch to the technician, and what was made of it; everything may be told otherwise. */
export function job(
  id: string,
  told: {
    readonly call?: Kinds['service_call'];
    readonly dispatch?: Kinds['dispatch'];
    readonly visit?: Kinds['service_visit'];
  } = {},
): readonly Doc[] {
  const call = {
    unit: 'ban',
    customer: 'chen',
    asset: 'fridge',
    category: 'paid',
    received_at: at(9),
    ...told.call,
  } as const;
  const dispatch = { unit: 'ban', call: `call-${id}`, technician: 'lin', dispatched_at: at(9, 30), ...told.dispatch };
  const visit =
    told.visit && doc('service_visit', id, { unit: 'ban', call: `call-${id}`, asset: 'fridge', ...told.visit });
  return [doc('service_call', `call-${id}`, call), doc('dispatch', id, dispatch), ...(visit ? [visit] : [])];
}

/** The errand of one job on that ground. */
export function errand(id: string, ...documents: readonly Doc[]): Errand {
  const found = errandOf(books(...GROUND, ...documents), id);
  if (!found) throw new Error(`no errand ${id}`);
  return found;
}
