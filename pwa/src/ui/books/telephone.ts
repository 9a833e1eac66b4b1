/** A whole number with the country before it and no plus. */
const ABROAD = /^(00)?8860?[2-9]\d{7,8}$/;

/** The digits of a telephone number however it was typed: `+886 2-2960-1847` and `０２－２９６０１８４７` are the same. */
export function digitsOf(typed: string): string {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replace(/\D/g, '');
  return /^\+\s*886/.test(text) || ABROAD.test(digits) ? digits.replace(/^(00)?8860?/, '0') : digits;
}

/** Whether a number is a mobile one (Taiwan: 09 and eight more). */
export function isMobile(typed: string): boolean {
  return /^09\d{8}$/.test(digitsOf(typed));
}

/** No telephone's number has fewer digits; a list is read by the same rule (`server/customers`). */
const DIGITS_MIN = 5;

/** Whether somebody could be called by what was typed. */
export function isNumber(typed: string): boolean {
  return digitsOf(typed).length >= DIGITS_MIN;
}

/** Numbers shorter than this are still being typed. */
const WHOLE_MIN = 7;

/** Whether enough of a number was typed to look for its owner. */
export function isWhole(typed: string): boolean {
  return digitsOf(typed).length >= WHOLE_MIN;
}
