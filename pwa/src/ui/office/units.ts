import { isNumber } from '../../rules/telephone.ts';
import { hasVisible } from '../../rules/visible.ts';
import type { Doc } from '../../store/index.ts';
import type { NewUnit } from '../../wire/bodies.ts';
import { MOST_COPY_DAYS, MOST_LAG_MINUTES } from '../../wire/limits.ts';
import type { Books } from '../books/books.ts';
import type { UnitLimits } from '../books/unit_limits.ts';

/** A unit as its form has it. */
export type UnitForm = Required<NewUnit>;

export const NEW_UNIT: UnitForm = {
  kind: 'branch',
  code: '',
  name: '',
  time_zone: 'Asia/Taipei',
  address: '',
  phone: '',
};

/** What the form of a unit shows when it opens. */
export function unitForm({ fields }: Doc<'unit'>): UnitForm {
  const { kind, code, name, time_zone, address, phone } = fields;
  return {
    kind: kind ?? NEW_UNIT.kind,
    code: code ?? '',
    name: name ?? '',
    time_zone: time_zone ?? NEW_UNIT.time_zone,
    address: address ?? '',
    phone: phone ?? '',
  };
}

const CODE = /^[A-Z][A-Z0-9]{1,7}$/;

/** The form as it is sent: codes are written in capitals, whoever types them. */
export function unitTold(form: UnitForm): UnitForm {
  const trimmed = Object.fromEntries(Object.entries(form).map(([field, typed]) => [field, typed.trim()]));
  return { ...(trimmed as unknown as UnitForm), code: form.code.normalize('NFKC').trim().toUpperCase() };
}

type UnitFault = 'missing' | 'codeWrong' | 'phoneWrong';

/** What keeps a unit from being saved, by field. */
export function unitFaults(form: UnitForm): Partial<Record<'name' | 'code' | 'phone', UnitFault>> {
  const { code, name, phone } = unitTold(form);
  return {
    ...(phone !== '' && !isNumber(phone) && { phone: 'phoneWrong' as const }),
    ...(!hasVisible(name) && { name: 'missing' as const }),
    ...(!CODE.test(code) && { code: code === '' ? ('missing' as const) : ('codeWrong' as const) }),
  };
}

/** What differs from what stood there. */
export function unitChanges(before: UnitForm, form: UnitForm): Partial<UnitForm> {
  const told = unitTold(form);
  const changed = Object.entries(told).filter(([field, value]) => before[field as keyof UnitForm] !== value);
  return Object.fromEntries(changed);
}

/** Whether a number was given out in a unit: they begin with its code, which stays from then on (F012). */
export function hasNumbers(books: Books, unit: string): boolean {
  const numbered = [...books.service_call.where('unit', unit), ...books.service_voucher.where('unit', unit)];
  return numbered.some(({ fields }) => fields.number != null);
}

/** Between which numbers each limit lies. */
export const LIMITS = {
  lag_minutes: { least: 0, most: MOST_LAG_MINUTES },
  copy_days: { least: 1, most: MOST_COPY_DAYS },
} as const satisfies Record<keyof UnitLimits, { least: number; most: number }>;

export type TypedLimits = Readonly<Record<keyof UnitLimits, string>>;

/** The limits that were typed; undefined of those that are none. */
export function limitsRead(typed: TypedLimits): { readonly [Limit in keyof UnitLimits]: number | undefined } {
  return { lag_minutes: limitRead('lag_minutes', typed), copy_days: limitRead('copy_days', typed) };
}

function limitRead(limit: keyof UnitLimits, typed: TypedLimits): number | undefined {
  const { least, most } = LIMITS[limit];
  const digits = typed[limit].normalize('NFKC').trim();
  const value = Number(digits);
  return /^\d+$/.test(digits) && value >= least && value <= most ? value : undefined;
}
