import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ALIKE } from '../../src/ui/books/alike.ts';
import { openIndex } from '../../src/ui/books/finder.ts';
import { find, type HitKind, indexer } from '../../src/ui/books/finding.ts';
import { charactersOf } from '../../src/ui/books/folding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import { at, books, doc } from '../office/made.ts';

const all = books(
  doc('customer', 'chang', { name: '張雅文', phone: '02-8992-5530', address: '新北市新莊區中正路 510 號' }),
  doc('customer', 'wang', { name: '王建國', phone: '+886 2 2955-1234', mobile: '0912345678', district: '板橋區' }),
  doc('customer', 'tai', { name: '臺峯電器行', phone: '886287654321' }),
  doc('asset', 'dryer', { customer: 'chang', product: '除濕機', model_no: 'KD-160H', serial_no: '160H22-20958' }),
  doc('asset', 'washer', { customer: 'wang', product: '洗衣機', model_no: 'KW-150DX', serial_no: '150D-207731' }),
  doc('asset', 'fridge', { customer: 'wang', product: '變頻冰箱', model_no: 'KR-528WN', serial_no: '528N-104417' }),
  doc('service_voucher', 'dryer', { number: 'V-BAN-000771' }),
  doc('maintenance_contract', 'k', { customer: 'wang', number: 'M-2026-0815' }),
  doc('covered_asset', 'k-fridge', { contract: 'k', asset: 'fridge' }),
  doc('service_call', 'x', { asset: 'dryer', customer: 'chang', number: 'BAN-2026-004127', received_at: at(9) }),
  doc('service_call', 'y', { asset: 'fridge', customer: 'wang', provisional_number: 'T-0815-3', received_at: at(10) }),
  doc('service_call', 'z', {
    contact_name: '李先生',
    contact_phone: '0933-218-640',
    symptom: '不冷',
    received_at: at(8),
  }),
  doc('service_visit', 'v', { asset: 'fridge', finished_at: at(12) }),
);
const characters = charactersOf(ALIKE);
const index = await indexer(characters)(all);
const MOST = 30;
const KINDS = ['customer', 'asset', 'service_call'] as const satisfies readonly HitKind[];
const foundIn = (over: typeof index, typed: string) => {
  const found = find(over, typed, MOST);
  return KINDS.flatMap((kind) => found[kind].docs.map(({ id }) => id)).join(' ');
};
const found = (typed: string) => foundIn(index, typed);

test.each([
  ['張雅', 'chang dryer x'],
  ['张雅文', 'chang dryer x'],
  ['台峰', 'tai'],
  ['新庄', 'chang dryer x'],
  ['板桥', 'wang fridge washer y'],
  ['冰箱', 'fridge'],
  ['kw150', 'washer'],
  ['160h22', 'dryer'],
  ['207731', 'washer'],
  ['V-BAN-000771', 'dryer'],
  ['771', 'dryer'],
  ['M-2026-0815', 'wang fridge washer y'],
  ['004127', 'x'],
  ['T-0815', 'y'],
  ['李先生', 'z'],
])('%s finds %s', (typed, ids) => {
  expect(found(typed)).toBe(ids);
});

test.each([
  '02 29551234',
  '+886 2 2955-1234',
  '０２－２９５５－１２３４',
  '886229551234',
  '2955 1234',
  '(02)2955-1234',
  '1234',
])('the telephone of 王建國 is found as %s', (typed) => {
  expect(found(typed)).toBe('wang fridge washer y');
});

test('every word has to stand somewhere, in whatever field', () => {
  expect(found('王 冰箱')).toBe('fridge');
  expect(found('冰箱　建国 528')).toBe('fridge');
  expect(found('王 除濕機')).toBe('');
  expect(found('張 5530')).toBe('chang dryer x');
});

test('nothing typed, one or two digits of a number and a stranger find nothing', () => {
  expect(['', '  ', '-', '09', '8', '沒有', '不冷'].map(found)).toEqual(['', '', '', '', '', '', '']);
});

test('an exact number comes before what begins with it, and that before what has it inside; then what was served last', async () => {
  const serial = (id: string, serial_no: string) => doc('asset', id, { serial_no });
  const many = books(
    serial('inside', 'A-4417-B'),
    serial('begins', '4417-B'),
    serial('ends', 'A-4417'),
    serial('exact', '44-17'),
    serial('served', '4417-C'),
    doc('service_visit', 'v', { asset: 'served', finished_at: at(9) }),
  );
  const shown = find(await indexer(characters)(many), '4417', 3);
  expect([shown.asset.docs.map(({ id }) => id), shown.asset.count]).toEqual([['exact', 'served', 'begins'], 5]);
});

test('a list that did not change is not made ready again, and what changed is found', async () => {
  const make = indexer(characters);
  const before = await make(all);
  const more = { ...all, customer: books(doc('customer', 'new', { name: '趙' })).customer };
  const after = await make(more);
  expect(after.columns.asset).toBe(before.columns.asset);
  expect(foundIn(after, '赵')).toBe('new');
});

test('a large list is made ready in slices', async () => {
  const many = books(...Array.from({ length: 5_000 }, (_, place) => doc('customer', `c${place}`, { name: '王建國' })));
  const breathe = vi.fn(async () => {});
  await indexer(characters)(many, breathe);
  expect(breathe.mock.calls.length).toBeGreaterThan(12);
});

test('the table of characters comes with the first search', async () => {
  expect(foundIn(await openIndex(all), '张雅')).toBe('chang dryer x');
});

describe('laws', () => {
  const groups = ALIKE.trim().split(/\s+/);
  const letter = fc.oneof(
    fc.constantFrom(...groups).chain((group) => fc.constantFrom(...group)),
    fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(...'ABCxyzＱ'),
  );
  const name = fc.array(letter, { minLength: 1, maxLength: 8 });
  const written = name.map((letters) => letters.join(''));
  const finds = async (whole: string, typed: string) =>
    foundIn(await indexer(characters)(books(doc('customer', 'c', { name: whole }))), typed) === 'c';

  test('every part of a name, from one character on, finds it', async () => {
    const parts = fc.tuple(name, fc.nat(), fc.nat()).map(([letters, from, length]) => {
      const first = from % letters.length;
      return [letters.join(''), letters.slice(first, first + 1 + (length % letters.length)).join('')] as const;
    });
    await fc.assert(fc.asyncProperty(parts, ([whole, part]) => finds(whole, part)));
  });

  test('a name is found however each of its characters is written', async () => {
    const otherwise = (text: string, choice: number) =>
      [...text].map((each) => {
        const group = [...(groups.find((one) => one.includes(each)) ?? each)];
        return group[choice % group.length];
      });
    await fc.assert(
      fc.asyncProperty(written, fc.nat(), (whole, choice) => finds(whole, otherwise(whole, choice).join(''))),
    );
  });

  test('whatever is typed, looking for it ends, and everything that is shown is counted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (typed) => {
        const shown = find(index, typed, 2);
        for (const kind of KINDS) expect(shown[kind].docs.length).toBe(Math.min(2, shown[kind].count));
      }),
    );
  });
});

describe('hits', () => {
  const shown = (typed: string) =>
    hitGroups(index, find(index, typed, 1)).map(({ kind, hits, more }) => [
      kind,
      more,
      ...hits.flatMap(({ title, details }) =>
        [title, ...details].map((line) => line.map((piece) => (piece.found ? `[${piece.text}]` : piece.text)).join('')),
      ),
    ]);

  test('what was typed is marked, however it is written', () => {
    expect(shown('张雅')).toEqual([
      ['customer', 0, '[張雅]文', '02-8992-5530', '新北市新莊區中正路 510 號'],
      ['asset', 0, '除濕機 KD-160H', '160H22-20958', '[張雅]文'],
      ['service_call', 0, 'BAN-2026-004127', '[張雅]文', '除濕機 KD-160H'],
    ]);
  });

  test('what was looked for is told even where a line does not have it', () => {
    expect(shown('000771')).toEqual([['asset', 0, '除濕機 KD-160H', '160H22-20958', '張雅文', 'V-BAN-[000771]']]);
    expect(shown('02 2955')[0]).toEqual(['customer', 0, '王建國', '0912345678', '+886 [2 2955]-1234']);
    expect(shown('0815')).toContainEqual(['asset', 1, '變頻冰箱 KR-528WN', '528N-104417', '王建國', 'M-2026-[0815]']);
    expect(shown('218')).toEqual([['service_call', 0, '', '李先生', '0933-[218]-640']]);
  });

  test('a hit knows the product and the call that it leads to', () => {
    const [customer, , call] = hitGroups(index, find(index, '王建國', 1)).map(({ hits }) => hits[0]);
    expect([customer?.asset, customer?.call, call?.asset, call?.call, call?.at]).toEqual([
      'fridge',
      'y',
      'fridge',
      'y',
      at(10),
    ]);
  });
});
