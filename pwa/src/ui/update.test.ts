import { beforeEach, expect, test, vi } from 'vitest';
import { watchForUpdate } from './update.ts';

class Emitter extends EventTarget {
  emit(type: string) {
    this.dispatchEvent(new Event(type));
  }
}
class FakeWorker extends Emitter {
  state = 'installing';
  postMessage = vi.fn();
  become(state: string) {
    this.state = state;
    this.emit('statechange');
  }
}
class FakeRegistration extends Emitter {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
}
class FakeWorkers extends Emitter {
  registration = new FakeRegistration();
  constructor(readonly controller: FakeWorker | null) {
    super();
  }
  register = async () => this.registration;
}

let free: () => void;
let locks: LockManager;
const reload = vi.fn();

beforeEach(() => {
  reload.mockClear();
  const capture = new Promise<void>((resolve) => {
    free = resolve;
  });
  const request = async (_name: string, _options: unknown, act: (lock: unknown) => boolean) => {
    await capture;
    return act({});
  };
  locks = { request } as unknown as LockManager;
});

const watch = (workers: FakeWorkers) => watchForUpdate(workers as unknown as ServiceWorkerContainer, reload, locks);

async function withUpdate() {
  const workers = new FakeWorkers(new FakeWorker());
  const update = watch(workers);
  await Promise.resolve();
  const worker = new FakeWorker();
  workers.registration.installing = worker;
  workers.registration.emit('updatefound');
  worker.become('installed');
  return { workers, update, worker };
}

test('the first installation is no update and reloads nothing', async () => {
  const workers = new FakeWorkers(null);
  const update = watch(workers);
  await Promise.resolve();
  const worker = new FakeWorker();
  workers.registration.installing = worker;
  workers.registration.emit('updatefound');
  worker.become('installed');
  workers.emit('controllerchange');
  free();
  await Promise.resolve();
  expect([update.ready.get(), reload.mock.calls.length]).toEqual([false, 0]);
});

test('the tab that installed the app is offered the next build, and reloads when another tab takes it', async () => {
  const workers = new FakeWorkers(null);
  const update = watch(workers);
  await Promise.resolve();
  workers.emit('controllerchange');
  workers.registration.installing = new FakeWorker();
  workers.registration.emit('updatefound');
  workers.registration.installing.become('installed');
  expect(update.ready.get()).toBe(true);
  workers.emit('controllerchange');
  free();
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
});

test('a newer build is offered and waits for the person', async () => {
  const { update, worker } = await withUpdate();
  expect(update.ready.get()).toBe(true);
  expect(worker.postMessage).not.toHaveBeenCalled();
});

test('a build that was installed in an earlier visit is offered again', async () => {
  const workers = new FakeWorkers(new FakeWorker());
  workers.registration.waiting = new FakeWorker();
  const update = watch(workers);
  await Promise.resolve();
  expect(update.ready.get()).toBe(true);
});

test('taking it waits for the end of a capture', async () => {
  const { update, worker } = await withUpdate();
  const taken = update.take();
  await Promise.resolve();
  expect(worker.postMessage).not.toHaveBeenCalled();
  free();
  await taken;
  expect(worker.postMessage).toHaveBeenCalledWith('take over');
});

test('a tab never reloads during a capture, even when another tab took the update', async () => {
  const { workers } = await withUpdate();
  workers.emit('controllerchange');
  await Promise.resolve();
  expect(reload).not.toHaveBeenCalled();
  free();
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
});
