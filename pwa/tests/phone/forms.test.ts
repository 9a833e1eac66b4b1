import { expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Drawing } from '../../src/ui/parts/strokes.ts';
import { FinishForm } from '../../src/ui/phone/finish_form.svelte.ts';
import { typedFee, withItem } from '../../src/ui/phone/views/fee.ts';
import { WorkForm } from '../../src/ui/phone/work_form.svelte.ts';
import { at } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { GROUND, job } from './made.ts';

vi.mock('../../src/ui/parts/png.ts', () => ({ drawingPng: async () => new Blob(['png']), PEN: 32 }));

const rows = [
  ...GROUND,
  ...job('a', { visit: { arrived_at: at(9), category: 'paid', fault: '不冷' } }),
] as FixtureRow[];
const point = (x: number) => ({ x, y: 0, t: x });
const drawing: Drawing = { width: 3620, height: 2100, strokes: [[point(0), point(900)]] };

test('a form that was killed opens again as it was left, and in knowledge of what was seen then', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  form.edit({ action: '清潔' });
  await vi.waitFor(() => expect(form.keptAt).toBeDefined());

  const again = new WorkForm(kit, 'a');
  await kit.store.capture([{ kind: 'service_visit', id: 'a', fields: { fault: '漏水' } }], LABEL);
  await again.open(await errand('a'));
  expect(again.now).toMatchObject({ action: '清潔', fault: '不冷' });
  expect(await again.save(await errand('a'))).toBe(true);
  expect(captured.at(-1)).toEqual([
    { kind: 'service_visit', id: 'a', seen: expect.anything(), fields: { action: '清潔' } },
  ]);
  expect(await kit.store.drafts.read('work:a')).toBeNull();
});

test('leaving twice saves once, and leaving an untouched form saves nothing', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  expect(await form.save(await errand('a'))).toBe(true);
  form.edit({ outcome: 'fixed' });
  await form.save(await errand('a'));
  await form.save(await errand('a'));
  expect(captured).toHaveLength(1);
});

test('a form whose draft cannot be kept says so', async () => {
  const { kit, errand } = kitOf(rows);
  const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  const form = new WorkForm({ ...kit, store: { ...kit.store, drafts: { ...kit.store.drafts, keep: full } } }, 'a');
  await form.open(await errand('a'));
  form.edit({ action: '清潔' });
  await vi.waitFor(() => expect(form.trouble?.happened).toContain('空間不足'));
});

test('a fee is put together from items, typed over, and known again after the form was saved', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  form.charge(withItem(form.fee, CHECK));
  form.charge(withItem(form.fee, LABOUR));
  expect(form.fee).toEqual({ total: 170_000, items: { check: 50_000, labour: 120_000 } });
  form.charge(withItem(form.fee, { ...CHECK, amount: 99_900 }));
  expect(form.fee).toEqual({ total: 120_000, items: { labour: 120_000 } });
  await form.save(await errand('a'));
  expect(captured.at(-1)?.[0]?.fields).toEqual({ fee_total: 120_000 });

  const again = new WorkForm(kit, 'a');
  await again.open(await errand('a'));
  expect(again.fee.items).toEqual({ labour: 120_000 });
  again.charge(typedFee('1,000') ?? { total: null, items: {} });
  expect(again.fee).toEqual({ total: 100_000, items: {} });
  again.charge(withItem(again.fee, CHECK));
  expect(again.fee.total).toBe(150_000);
});

test('items of another fee than the one that stands are not shown as chosen', async () => {
  const { kit, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  form.charge(withItem(form.fee, CHECK));
  await form.save(await errand('a'));
  await kit.store.capture([{ kind: 'service_visit', id: 'a', fields: { fee_total: 80_000 } }], LABEL);
  const again = new WorkForm(kit, 'a');
  await again.open(await errand('a'));
  expect(again.fee).toEqual({ total: 80_000, items: {} });
});

const CHECK = { id: 'check', name: '檢查費', amount: 50_000 };
const LABOUR = { id: 'labour', name: '工資', amount: 120_000 };

async function laid() {
  const world = kitOf(rows);
  const open = async () => {
    const form = new FinishForm(world.kit, 'a');
    const errand = await world.errand('a');
    const books = world.kit.books.get();
    if (books) await form.open(books, errand);
    return form;
  };
  return { ...world, open };
}

test('strokes come back under the same content, whatever arrived beside it', async () => {
  const { open } = await laid();
  const form = await open();
  expect(form.signer).toBe('陳美惠');
  form.keep({ drawing, signer: '陳太太' });
  const again = await open();
  expect([again.drawing, again.signer, again.changed]).toEqual([drawing, '陳太太', false]);
});

test('strokes under another content are wiped, and the customer is asked to read again', async () => {
  const { kit, open } = await laid();
  (await open()).keep({ drawing });
  await kit.store.capture([{ kind: 'service_visit', id: 'a', fields: { fault: '漏水' } }], LABEL);
  const again = await open();
  expect([again.drawing.strokes, again.changed]).toEqual([[], true]);
});

test('what lies before the customer does not change while it lies there', async () => {
  const { kit, captured, errand, open } = await laid();
  const form = await open();
  form.keep({ drawing });
  await kit.store.capture([{ kind: 'service_visit', id: 'a', fields: { fault: '漏水' } }], LABEL);
  expect(await form.finish(await errand('a'))).toBe(true);
  const [visit, signature] = captured.at(-1) ?? [];
  expect(visit?.fields).toMatchObject({ fault: '不冷', finished_at: at(10) });
  expect(signature?.fields).toMatchObject({
    visit: 'a',
    signer_name: '陳美惠',
    device: 'device-1',
    device_signature: 'signed-by-device',
  });
  expect(await kit.store.drafts.read('finish:a')).toBeNull();
});

test('the files of the hand are kept before the signature names them', async () => {
  const { kit, captured, errand, open } = await laid();
  const form = await open();
  form.keep({ drawing });
  await form.finish(await errand('a'));
  const fields = captured.at(-1)?.at(-1)?.fields as { strokes_sha256: string; image_sha256: string };
  expect(await (await kit.store.blobs.read(fields.strokes_sha256))?.text()).toMatch(/^s1\./);
  expect(await (await kit.store.blobs.read(fields.image_sha256))?.text()).toBe('png');
});

const LABEL = { about: 'a', what: 'visit.work', who: '陳美惠' };

test('a fee is whole dollars, in any width of digits, and nothing else', () => {
  expect(['', '900', '９００', '1,650'].map((typed) => typedFee(typed)?.total)).toEqual([0, 90_000, 90_000, 165_000]);
  expect(['900.5', '-5', '九百', '1,65'].map(typedFee)).toEqual([undefined, undefined, undefined, undefined]);
});
