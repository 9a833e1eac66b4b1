import type { Doc } from '../../store/index.ts';
import type { Quarantine } from '../../wire/bodies.ts';
import type { Books } from '../books/books.ts';
import type { OfDevice } from './contacts.ts';
import { isQuarantined } from './held.ts';
import type { HeldItem, InboxItem } from './inbox.ts';
import { devicesIn } from './people.ts';
import { newestOfEach } from './quarantines.ts';

/** What was stopped, and when: the device itself, or its person's account. */
interface Stop {
  readonly cause: Quarantine['cause'];
  readonly since: number;
}

/** One device, with what the server tells of it beside its document. */
export interface DeviceRow extends Pick<Doc<'device'>, 'id' | 'fields'> {
  readonly contact: OfDevice | undefined;
  readonly stop: Stop | undefined;
  /** What it handed in since it was stopped; undefined where it was not heard of since. */
  readonly quarantine: Quarantine | undefined;
}

/** Every device, in the order of the list. */
export function deviceRows(
  books: Books,
  contacts: readonly OfDevice[],
  quarantines: readonly Quarantine[],
): readonly DeviceRow[] {
  const heard = new Map(contacts.map((each) => [each.device, each]));
  const newest = newestOfEach(quarantines);
  return devicesIn(books).map(({ id, fields }) => {
    const contact = heard.get(id);
    const stops = stopsOf(books, fields);
    const quarantine = newest.get(id);
    const isOfNow = stops.some(({ since }) => since === quarantine?.since);
    return { id, fields, contact, stop: stops[0], quarantine: isOfNow ? asSaid(quarantine, contact) : undefined };
  });
}

/** An account that was opened again stops nothing, so what came while it was closed is no state of its devices. */
function stopsOf(books: Books, { user, revoked_at: revoked }: DeviceRow['fields']): readonly Stop[] {
  const closed = books.user.get(user)?.fields.deactivated_at;
  return [
    ...(revoked == null ? [] : [{ cause: 'device', since: revoked } as const]),
    ...(closed == null ? [] : [{ cause: 'account', since: closed } as const]),
  ];
}

/** A rescue file announces only what it brings: what the device itself last said of its unsent work counts beside it. */
function asSaid(quarantine: Quarantine | undefined, contact: OfDevice | undefined): Quarantine | undefined {
  if (!quarantine || !contact || contact.at >= quarantine.opened_at) return quarantine;
  return { ...quarantine, announced: Math.max(quarantine.announced, contact.pending) };
}

/** What somebody decides about first of all that a stopped device handed in; undefined where nothing waits for him. */
export function firstWaiting(items: readonly InboxItem[], device: string): HeldItem | undefined {
  const own = items.filter((item) => item.type === 'held').filter(({ held }) => held.device === device);
  return own.find(({ held }) => isQuarantined(held)) ?? own[0];
}
