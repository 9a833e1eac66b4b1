import type { UnsentWork } from '../../parts/unsent.ts';
import { routes } from '../kit.ts';

/** Where the sync line leads: to what one can do about it. */
export function lineHref({ state }: UnsentWork): string {
  return routes.href(state === 'sign_in' ? 'sign_in' : 'outbox');
}
