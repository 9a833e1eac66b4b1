import type { Code } from '../../wire/problems.ts';

/** The problems that a single field has, by the name under which it is sent: they are told there and not below. */
const FIELDS = {
  'account.login_taken': 'login',
  'account.login_unfit': 'login',
  'account.password_weak': 'password',
  'account.reset_code': 'code',
  'acting.not_a_manager': 'acting_for',
  'acting.times': 'until_at',
  'acting.unfit': 'user',
  'call.received_at': 'received_at',
  'calendar.date': 'dates',
  'calendar.hours': 'hours',
  'calendar.too_far': 'dates',
  'name.unseen': 'name',
  'reason.missing': 'reason',
  'setup.code': 'code',
  'unit.code_taken': 'code',
  'unit.code_used': 'code',
  'unit.phone': 'phone',
  'unit.time_zone': 'time_zone',
} as const satisfies Partial<Record<Code, string>>;

/** A field that the server may refuse. */
export type ProblemField = (typeof FIELDS)[keyof typeof FIELDS];

/** To which field of a form a problem belongs; undefined where it belongs to the whole of it. */
export function fieldOf(code: Code): ProblemField | undefined {
  return (FIELDS as Partial<Record<Code, ProblemField>>)[code];
}
