/** The digits of a telephone number however it was typed: `+886 2-2960-1847` and `０２－２９６０１８４７` are the same. */
export function digitsOf(typed: string): string {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replace(/\D/g, '');
  return text.startsWith('+886') ? digits.replace(/^8860?/, '0') : digits;
}

/** Whether a number is a mobile one (Taiwan: 09 and eight more). */
export function isMobile(typed: string): boolean {
  return /^09\d{8}$/.test(digitsOf(typed));
}

/** Numbers shorter than this are still being typed. */
const WHOLE_MIN = 7;

/** Whether enough of a number was typed to look for its owner. */
export function isWhole(typed: string): boolean {
  return digitsOf(typed).length >= WHOLE_MIN;
}
