import type { Me } from '../../store/index.ts';
import type { Place } from '../../wire/vocabulary.ts';
import { type Face, faceFor } from '../face.ts';

/** What stands between a person and the app; `open`: nothing. */
export type Gate = 'waiting' | 'start' | 'sign_in' | 'enrol' | 'choose_pin' | 'locked' | 'open';

/** What the gate looks at. */
export interface Standing {
  /** Undefined: not read yet; null: nobody is signed in. */
  readonly me: Pick<Me, 'device' | 'place'> | null | undefined;
  /** Whether a company was founded at this office; undefined: not known yet. */
  readonly founded: boolean | undefined;
  readonly pinChosen: boolean;
  readonly locked: boolean;
}

/** Which gate a person meets; devices of the field ask for a code, an office's computer has its own lock. */
export function gateFor({ me, founded, pinChosen, locked }: Standing): Gate {
  if (me === undefined) return 'waiting';
  if (me === null) return gateForNobody(founded);
  if (me.device === null) return 'enrol';
  if (me.place !== 'field') return 'open';
  if (!pinChosen) return 'choose_pin';
  return locked ? 'locked' : 'open';
}

function gateForNobody(founded: boolean | undefined): Gate {
  if (founded === undefined) return 'waiting';
  return founded ? 'sign_in' : 'start';
}

/** Where a device is used that is enrolled now: what shows a technician his jobs goes to the field, of whatever size. */
export function placeFor(roles: Me['roles'], width: number): Place {
  return roles.includes('technician') && faceFor(roles, width) === 'phone' ? 'field' : 'office';
}

/** Which face somebody sees whom the gate lets in; a device of the field keeps the phone's, however it is turned. */
export function faceOf({ roles, place }: Pick<Me, 'roles' | 'place'>, width: number): Face {
  return place === 'field' ? 'phone' : faceFor(roles, width);
}
