import { items } from '../text/between.ts';
import type { Held } from './held.ts';
import { fieldWords, valueWords, type Writer } from './values.ts';

const MOST = 3;

/** What every part of a visit says alike, or nobody reads. */
const ALIKE: readonly string[] = [
  'unit',
  'call',
  'asset',
  'customer',
  'technician',
  'visit',
  'device',
  'content',
  'template',
  'content_sha256',
  'strokes_sha256',
  'image_sha256',
  'device_signature',
];

/** What tells a held part of a visit from the others: when a photo was taken and what it shows, else what is written. */
export function partWords({ kind, fields }: Pick<Held, 'kind' | 'fields'>, writer: Writer): string {
  const said = fields ?? {};
  if (kind === 'photo') {
    const shown = ['caption', 'taken_at'].filter((field) => said[field] != null);
    if (shown.length > 0) return shown.map((field) => valueWords(field, said[field], writer)).join('　');
  }
  const names = Object.keys(said).filter((field) => !ALIKE.includes(field));
  const words = names.slice(0, MOST).map((field) => fieldWords(field, writer));
  return items(words) + (names.length > MOST ? '…' : '');
}
