/** The two faces of the app, each a chunk of its own. */
export type Face = 'phone' | 'office';

/** With this much width, in CSS pixels, the office's pages stand side by side; on less they stand one above the other. */
const WIDE = 1024;

/**
 * Which face a person sees; `roles` are the person's own, none before anybody signed in.
 *
 * A technician has the phone's whatever he holds; one who also has a desk sits at it where the screen is wide.
 */
export function faceFor(roles: readonly string[], width: number): Face {
  const mayBeOut = roles.length === 0 || roles.includes('technician');
  const hasDesk = roles.length === 0 || roles.some((role) => role !== 'technician');
  return hasDesk && (width >= WIDE || !mayBeOut) ? 'office' : 'phone';
}
