import type { Asset } from '../wire/kinds.ts';
import type { Category } from '../wire/vocabulary.ts';

/**
 * Whether a service is called free although the warranty had ended when the call came in (1-1, F003).
 *
 * A product of which nobody knows until when it is covered may be free: that is for a person to say. The twin of
 * schemas/rules/category.py.
 */
export function isFreeInVain(
  category: Category | null | undefined,
  { warranty_until }: Asset,
  receivedAt: number | null | undefined,
): boolean {
  return category === 'warranty' && warranty_until != null && receivedAt != null && receivedAt > warranty_until;
}
