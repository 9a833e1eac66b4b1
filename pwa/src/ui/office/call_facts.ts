import type { Doc } from '../../store/index.ts';
import type { ServiceCall } from '../../wire/kinds.ts';
import type { Channel, Zone } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { told } from '../books/erased.ts';
import type { call as texts } from '../text/register.ts';
import { type spans, spanWords } from '../text/span.ts';
import { personName } from './names.ts';
import { isLagging, lagOf } from './register.ts';
import { momentWords } from './values.ts';

interface Words {
  readonly text: ReturnType<typeof texts.get>;
  readonly spans: ReturnType<typeof spans.get>;
  readonly channels: Readonly<Record<Channel, string>>;
  readonly zones: Readonly<Record<Zone, string>>;
}

/** Where a call is, with how far that counts as (F020). */
export function addressOf(call: Doc<'service_call'>, { text, zones }: Pick<Words, 'text' | 'zones'>): string {
  const [address, zone] = [told(call, 'address'), call.fields.zone];
  return zone ? text.addressIn({ address, zone: zones[zone] }) : address;
}

/** When a call came, how, who took it, and whether he logged it at once (F011). */
export function receivedOf(
  books: Books,
  fields: ServiceCall,
  now: number,
  { text, spans, channels }: Omit<Words, 'zones'>,
): string {
  const time = momentWords(fields.received_at ?? 0, now);
  const channel = fields.channel ? channels[fields.channel] : '';
  const name = personName(books, fields.logged_by);
  const by = name ? text.receivedBy({ time, channel, name }) : text.receivedUnnamed({ time, channel });
  const lag = lagOf(fields);
  const logged = {
    time: momentWords(fields.logged_at ?? 0, now),
    span: spanWords(spans, lag, Number.POSITIVE_INFINITY),
  };
  const said = isLagging(books, fields) ? by + text.lag(logged) : by;
  return fields.received_reason ? said + text.receivedReason({ reason: fields.received_reason }) : said;
}
