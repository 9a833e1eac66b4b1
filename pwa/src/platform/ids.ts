const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

/**
 * Makes an id maker: each id is 26 lower-case ASCII characters (a ULID), unique, and sorts after every id that this maker gave before.
 *
 * `now` gives epoch milliseconds, `random` the asked number of random bytes. A clock that stands still or jumps back
 * does not break the order: the last time is kept and the random part counts up.
 */
export function makeIds(now: () => number, random: (length: number) => Uint8Array): () => string {
  let time = 0;
  let tail: number[] = [];
  return () => {
    const at = now();
    if (at > time || tail.length === 0) {
      time = Math.max(at, time);
      tail = Array.from(random(RANDOM_CHARS), (byte) => byte & 31);
    } else if (!countUp(tail)) {
      time += 1;
    }
    return encodeTime(time) + tail.map((digit) => ALPHABET[digit]).join('');
  };
}

/** Adds one to the base-32 digits in place; false when they ran over to zero. */
function countUp(digits: number[]): boolean {
  for (let i = digits.length - 1; i >= 0; i -= 1) {
    const digit = ((digits[i] ?? 0) + 1) % 32;
    digits[i] = digit;
    if (digit !== 0) return true;
  }
  return false;
}

function encodeTime(time: number): string {
  let rest = time;
  let text = '';
  for (let i = 0; i < TIME_CHARS; i += 1) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
