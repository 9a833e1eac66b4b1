/** A whole number with the country before it and no plus. */
const ABROAD = /^(00)?8860?[2-9][0-9]{7,8}$/;

/** The digits of a telephone number however it was typed: `+886 2-2960-1847` and `０２－２９６０１８４７` are the same. */
export function digitsOf(typed: string): string {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replace(/[^0-9]/g, '');
  return /^\+\s*886/.test(text) || ABROAD.test(digits) ? digits.replace(/^(00)?8860?/, '0') : digits;
}

/** No telephone's number has fewer digits. */
const DIGITS_MIN = 5;

/** Whether somebody could be called by what was typed. */
export function isNumber(typed: string): boolean {
  return digitsOf(typed).length >= DIGITS_MIN;
}
