const KEY = 'fieldproof.language';

/** The language chosen on this browser; null if none was, or if it keeps nothing. */
export function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the choice for the next start; a browser that keeps nothing speaks the base language again then. */
export function keepLanguage(code: string): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // It is spoken all the same, until the page is closed.
  }
}
