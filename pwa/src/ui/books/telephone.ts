import { digitsOf } from '../../rules/telephone.ts';

export { digitsOf, isNumber } from '../../rules/telephone.ts';

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
