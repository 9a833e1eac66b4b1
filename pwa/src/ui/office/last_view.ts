import { atom, type ReadableAtom } from 'nanostores';
import type { Store } from '../../store/index.ts';
import type { Router } from '../route/router.ts';
import { type OfficePaths, type OfficeRoute, routes } from './routes.ts';

/** The two views of the calls: the register's list, and the board. */
export type View = 'register' | 'board';

const KEY = 'office:view';

const VIEW_OF: Partial<Readonly<Record<OfficeRoute['name'], View>>> = {
  register: 'register',
  call: 'register',
  board: 'board',
  boardOf: 'board',
};

/** Keeps which view somebody used last on this device: the office opens with it, unless an address asks for a page. */
export function keepView(
  { drafts }: Pick<Store, 'drafts'>,
  router: Pick<Router<OfficePaths>, 'current' | 'replace'>,
): { readonly view: ReadableAtom<View>; readonly stop: () => void } {
  const view = atom<View>('register');
  const began = router.current.get();
  let stop: (() => void) | undefined;
  let ended = false;

  const follow = ({ name }: OfficeRoute) => {
    const next = VIEW_OF[name];
    if (next === undefined || next === view.get()) return;
    view.set(next);
    void drafts.keep(KEY, { seen: null, input: next });
  };
  const begin = async () => {
    const kept = await drafts.read<View>(KEY);
    if (ended) return;
    if (kept?.input === 'board') view.set('board');
    const untouched = router.current.get() === began && began.name === 'register';
    if (untouched && view.get() === 'board') router.replace(routes.href('board'));
    stop = router.current.subscribe(follow);
  };
  void begin();
  return {
    view,
    stop: () => {
      ended = true;
      stop?.();
    },
  };
}
