/** The two faces of the app, each a chunk of its own. */
export type Face = 'phone' | 'office';

/** The office's pages need this much width, in CSS pixels; on less, its people get the phone's. */
export const OFFICE_MIN_WIDTH = 1024;

/** Which face a person sees; `roles` are the person's own, none before anybody signed in. */
export function faceFor(roles: readonly string[], width: number): Face {
  const onlyTechnician = roles.length > 0 && roles.every((role) => role === 'technician');
  return !onlyTechnician && width >= OFFICE_MIN_WIDTH ? 'office' : 'phone';
}
