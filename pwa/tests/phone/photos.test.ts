import { expect, test, vi } from 'vitest';
import { hasRoom } from '../../src/platform/room.ts';
import { NotAPicture, shrunk } from '../../src/platform/shrinking.ts';
import { type Whereabouts, whereabouts } from '../../src/platform/whereabouts.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { booksOf } from '../../src/ui/books/books.ts';
import { photosOf, placeOf } from '../../src/ui/books/photos.ts';
import { Photographing } from '../../src/ui/phone/photographing.svelte.ts';
import { at, doc } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { GROUND, job } from './made.ts';

vi.mock('../../src/platform/shrinking.ts', async (original) => ({
  ...(await original<object>()),
  shrunk: vi.fn(async (file: Blob) => ({ file, width: 1200, height: 1600 })),
}));
vi.mock('../../src/platform/whereabouts.ts', () => ({ whereabouts: vi.fn(async () => null) }));
vi.mock('../../src/platform/room.ts', () => ({ hasRoom: vi.fn(async () => true) }));

const rows = [...GROUND, ...job('a', { visit: { arrived_at: at(9) } })] as FixtureRow[];
const HERE: Whereabouts = { latitude: 25_033_964, longitude: 121_564_472, accuracy: 12 };
const picture = new Blob(['a picture']);

const photoEdit = (fields: object) => [{ kind: 'photo', id: 'made-1', fields }];

test('a photo is kept with its file’s name, its sides and time, under the visit and its unit', async () => {
  const { kit, captured, errand } = kitOf(rows);
  vi.mocked(whereabouts).mockResolvedValueOnce(HERE);
  const photographing = new Photographing(kit);
  photographing.aim();
  expect(await photographing.take(await errand('a'), [picture])).toBe(true);
  const [edit] = captured[0] ?? [];
  const facts = { visit: 'a', width: 1200, height: 1600, size: picture.size, taken_at: at(10), ...HERE };
  expect(edit).toMatchObject({ kind: 'photo', fields: facts });
  expect(edit?.fields).toHaveProperty('unit');
  const name = Object.entries(edit?.fields ?? {}).find(([field]) => field === 'image_sha256')?.[1];
  expect(await (await kit.store.blobs.read(String(name)))?.text()).toBe('a picture');
});

test('nobody waits for a place: it is added to the photo when it is found', async () => {
  const { kit, captured, errand } = kitOf(rows);
  let found: (where: Whereabouts) => void = () => {};
  vi.mocked(whereabouts).mockReturnValueOnce(new Promise((resolve) => (found = resolve)));
  const photographing = new Photographing(kit);
  await photographing.take(await errand('a'), [picture]);
  expect(captured[0]?.[0]?.fields).not.toHaveProperty('latitude');
  found(HERE);
  await vi.waitFor(() => expect(captured[1]).toEqual(photoEdit({ ...HERE })));
});

test('a place that the person does not give is no trouble', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const photographing = new Photographing(kit);
  expect(await photographing.take(await errand('a'), [picture])).toBe(true);
  expect(captured).toHaveLength(1);
  expect(photographing.trouble).toBeUndefined();
});

test('a photo for which there is no room is not kept, and the sentence says that records are', async () => {
  const { kit, captured, errand } = kitOf(rows);
  vi.mocked(hasRoom).mockResolvedValueOnce(false);
  const photographing = new Photographing(kit);
  expect(await photographing.take(await errand('a'), [picture])).toBe(false);
  expect(photographing.trouble).toEqual({
    happened: '照片存不下，手機空間不足。紀錄已存好。',
    next: '先刪影片再拍。',
  });
  expect(captured).toEqual([]);
});

test.each([
  ['the file', (store: object) => ({ ...store, keep: full })],
  ['the record', (store: object) => store],
])('a disk that is full at %s refuses the photo and leaves nothing behind', async (what, blobsOf) => {
  const { kit, errand } = kitOf(rows);
  const dropped: string[] = [];
  const blobs = { ...kit.store.blobs, drop: async (name: string) => void dropped.push(name) };
  const store = { ...kit.store, blobs: blobsOf(blobs) as typeof blobs, capture: full };
  const photographing = new Photographing({ ...kit, store });
  expect(await photographing.take(await errand('a'), [picture])).toBe(false);
  expect(photographing.trouble?.happened).toContain('手機空間不足');
  expect(dropped).toHaveLength(what === 'the record' ? 1 : 0);
});

function full(): Promise<never> {
  return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
}

test('what is no picture says so', async () => {
  const { kit, errand } = kitOf(rows);
  vi.mocked(shrunk).mockRejectedValueOnce(new NotAPicture());
  const photographing = new Photographing(kit);
  await photographing.take(await errand('a'), [picture]);
  expect(photographing.trouble?.happened).toBe('這個檔案不是照片，沒有存。');
});

test('a photo that was deleted can be had back, and a caption of nothing is none', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const photographing = new Photographing(kit);
  const photo = doc('photo', 'photo-1', { visit: 'a' });
  const job = await errand('a');
  await photographing.remove(job, photo);
  expect(photographing.removed).toBe(photo);
  await photographing.bringBack(job);
  expect(photographing.removed).toBeUndefined();
  await photographing.caption(job, photo, ' 銘牌 ');
  await photographing.caption(job, photo, '  ');
  expect(captured.map(([edit]) => edit?.fields)).toEqual([
    { deleted: true },
    { deleted: null },
    { caption: '銘牌' },
    { caption: null },
  ]);
});

test('photos come in the order of their taking, with how far each got', () => {
  const visit = doc('service_visit', 'v', { unit: 'ban' });
  const photo = (id: string, taken_at: number, image_sha256: string | null, more = {}) =>
    doc('photo', id, { unit: 'ban', visit: 'v', taken_at, image_sha256 }, more);
  const books = booksOf({
    service_visit: [visit],
    photo: [
      photo('1', 30, 'a'),
      photo('2', 10, 'b'),
      photo('3', 20, 'c', { unsent: 1 }),
      photo('4', 5, null),
      doc('photo', '5', { unit: 'elsewhere', visit: 'v', taken_at: 1, image_sha256: 'e' }),
    ],
  });
  const seen = photosOf(books, visit, new Map([['a', 'sending']]));
  expect(seen.map(({ id, state }) => [id, state])).toEqual([
    ['2', 'delivered'],
    ['3', 'pending'],
    ['1', 'sending'],
  ]);
  expect(seen.map(placeOf)).toEqual([null, null, null]);
  const [placed] = photosOf(
    booksOf({ photo: [doc('photo', '6', { unit: 'ban', visit: 'v', image_sha256: 'f', ...HERE })] }),
    visit,
  );
  expect(placed && placeOf(placed)).toEqual({ latitude: '25.03396', longitude: '121.56447', accuracy: 12 });
});
