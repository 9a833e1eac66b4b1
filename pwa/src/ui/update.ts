import { atom, type ReadableAtom } from 'nanostores';
import { afterCaptures } from '../platform/capturing.ts';

export interface Update {
  /** A newer build is installed and waits for the person to take it. */
  readonly ready: ReadableAtom<boolean>;
  /** Takes it as soon as no tab is capturing; every tab then reloads. */
  readonly take: () => Promise<void>;
}

/** Installs the service worker and tells when a newer build is there; nothing reloads before the person says so. */
export function watchForUpdate(workers: ServiceWorkerContainer, reload: () => void, locks?: LockManager): Update {
  const ready = atom(false);
  let waiting: ServiceWorker | null = null;
  const offer = (worker: ServiceWorker | null) => {
    waiting = worker;
    ready.set(worker !== null);
  };

  // The first installation takes control as well: only a change of controller is an update.
  let updating = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (updating) void afterCaptures(reload, locks);
    updating = true;
  });
  void workers.register('/worker.js', { updateViaCache: 'none' }).then((registration) => {
    offer(updating ? registration.waiting : null);
    registration.addEventListener('updatefound', () => follow(registration.installing));
  });

  function follow(worker: ServiceWorker | null) {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && updating) offer(worker);
    });
  }

  return { ready, take: () => afterCaptures(() => waiting?.postMessage('take over'), locks) };
}
