import { fromStore } from 'svelte/store';
import { BASE, spoken } from './language.ts';

/** Thousands stand in groups of three in every language spoken; a table of amounts looks the same in all of them. */
const grouped = new Intl.NumberFormat('en-US');

/** Read by plain functions, and still followed by whatever shows what they return. */
const language = fromStore(spoken);

/** `1,650`: whole new Taiwan dollars of an amount in minor units (cents). */
export function amount(minor: number): string {
  return grouped.format(minor / 100);
}

/**
 * `NT$ 1,650`, as the vouchers have it; in the other languages as they write this currency: `NT$1,650`.
 *
 * What Intl writes in Taiwan is a bare `$`, which a mainland or English reader beside takes for another money.
 */
export function money(minor: number): string {
  const code = language.current;
  if (code === BASE) return `NT$ ${amount(minor)}`;
  return new Intl.NumberFormat(code, { style: 'currency', currency: 'TWD', maximumFractionDigits: 0 }).format(
    minor / 100,
  );
}

const LARGER = ['MB', 'GB', 'TB'] as const;

/** `18 KB`, `1.1 MB`, `48.2 GB`: bytes as the outbox shows them, never zero. */
export function size(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.max(1, Math.round(kilobytes))} KB`;
  const unit = LARGER.findIndex((_, step) => step === LARGER.length - 1 || kilobytes / 1024 ** (step + 1) < 1000);
  return `${(kilobytes / 1024 ** (unit + 1)).toFixed(1)} ${LARGER[unit]}`;
}
