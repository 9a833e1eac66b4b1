import { computed } from 'nanostores';
import type { Client } from '../../net/index.ts';
import type { Role } from '../../wire/vocabulary.ts';

/** Once somebody's first rows are here, fetches his guide's pictures behind his back; a failure waits for the next start. */
export function keepOwnGuide({ session, status }: Pick<Client, 'session' | 'status'>, worker: ServiceWorkerContainer) {
  const roles = computed([session.me, status], (me, { contactAt, first }) =>
    me && contactAt !== null && !first ? me.roles.join() : '',
  );
  roles.subscribe(async (now) => {
    if (now === '') return;
    const { keepPictures } = await import('./keeping.ts');
    await keepPictures(now.split(',') as Role[], worker, fetch).catch(() => undefined);
  });
}
