import { computed } from 'nanostores';
import type { Client } from '../../net/index.ts';
import type { Store } from '../../store/index.ts';

/** Asks the office anew who somebody is, as often as the rows say that what he may has changed; stops when called. */
export function followGrants({ session }: Pick<Client, 'session'>, store: Pick<Store, 'documents'>): () => void {
  let known: string | undefined;
  const mine = computed([session.me, store.documents('role_grant')], (me, grants) => {
    const own = me && grants?.filter(({ fields }) => fields.user === me.user);
    return own
      ?.map(({ id, fields }) => `${me?.user} ${id} ${fields.ended_at ?? ''}`)
      .toSorted()
      .join();
  });
  return mine.subscribe((now) => {
    if (known !== undefined && now !== undefined && known !== now) session.renew().catch(() => {});
    known = now ?? known;
  });
}
