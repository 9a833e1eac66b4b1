const WEIGHTS = [1, 2, 1, 2, 1, 2, 4, 1] as const;
const DIVISOR = 5;

/**
 * Whether eight digits are a 統一編號: the last one checks the others.
 *
 * Of a seventh digit 7 the product's digits, 2 and 8, count as 10: as 1 or as 0. Since 2023 five divides, not ten.
 */
export function isTaxId(digits: string): boolean {
  if (!/^[0-9]{8}$/.test(digits)) return false;
  const products = WEIGHTS.map((weight, place) => weight * Number(digits[place]));
  const total = products.reduce((sum, product) => sum + Math.floor(product / 10) + (product % 10), 0);
  return total % DIVISOR === 0 || (digits[6] === '7' && (total + 1) % DIVISOR === 0);
}
