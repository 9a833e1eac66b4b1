import type { RoleGrant } from '../wire/kinds.ts';
import { ROLE, type Role } from '../wire/vocabulary.ts';

/** A role for a time, in another one's place. */
interface Acting {
  readonly role: Role;
  readonly starts_at: number;
  readonly until_at: number;
}

/** Whether somebody has a role until it is taken from him, and not only while he acts for another one (ADR 41). */
export function lasts({ ended_at, until_at }: RoleGrant): boolean {
  return ended_at == null && until_at == null;
}

/** Whether a grant lets somebody act at an instant; it may have ended earlier than it was meant to. */
export function actsAt({ starts_at, until_at, ended_at }: RoleGrant, at: number): boolean {
  return until_at != null && (starts_at ?? 0) <= at && at < Math.min(until_at, ended_at ?? until_at);
}

/** What somebody is at an instant, by what the office last said: acting ends also where no network tells of it. */
export function rolesAt(
  { roles, acting = [] }: { readonly roles: readonly Role[]; readonly acting?: readonly Acting[] | undefined },
  at: number,
): readonly Role[] {
  const forATime = new Set(acting.map(({ role }) => role));
  const now = acting.filter(({ starts_at, until_at }) => starts_at <= at && at < until_at).map(({ role }) => role);
  return ROLE.filter((role) => now.includes(role) || (roles.includes(role) && !forATime.has(role)));
}
