const grouped = new Intl.NumberFormat('en-US');

/** `1,650`: whole new Taiwan dollars of an amount in minor units (cents). */
export function amount(minor: number): string {
  return grouped.format(minor / 100);
}

/** `NT$ 1,650`. */
export function money(minor: number): string {
  return `NT$ ${amount(minor)}`;
}

/** `18 KB`, `1.1 MB`: bytes as the outbox shows them, never zero. */
export function size(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? `${Math.max(1, Math.round(kilobytes))} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
