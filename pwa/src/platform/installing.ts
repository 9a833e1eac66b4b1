import { atom, type ReadableAtom } from 'nanostores';

/** What Chromium offers a page that can be installed (not in lib.dom: other engines have no such event). */
interface InstallOffer extends Event {
  readonly prompt: () => Promise<unknown>;
}

const offered = atom<(() => Promise<unknown>) | undefined>();

/** Asks the system to install the app; undefined where it cannot be asked, or is installed already. */
export const install: ReadableAtom<(() => Promise<unknown>) | undefined> = offered;

/** Waits for the system's offer, which comes once and early, and keeps it until a person wants it. */
export function awaitInstallOffer(page: Window): void {
  page.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    const { prompt } = event as InstallOffer;
    offered.set(() => prompt.call(event));
  });
  page.addEventListener('appinstalled', () => offered.set(undefined));
}

/** Whether the app runs in a window of its own. */
export function isInstalled(page: Window): boolean {
  return page.matchMedia('(display-mode: standalone)').matches;
}
