import { expect, test } from 'vitest';
import { districtName, districtRows, suggestedDistricts } from '../../src/ui/office/districts.ts';
import { told } from '../../src/ui/office/told.ts';
import type { Zone } from '../../src/wire/vocabulary.ts';
import { books, doc } from './made.ts';

const row = (name: string, zone: Zone, unit = 'ban') => doc('district', `${unit}-${name}`, { unit, name, zone });
const customer = (id: string, district: string, zone: Zone | null = 'urban', unit = 'ban') =>
  doc('customer', id, { unit, district, zone });
const call = (id: string, district: string, zone: Zone) => doc('service_call', id, { unit: 'ban', district, zone });

test('F020 districts of the unit that its table lacks are suggested, the most frequent first, each once', () => {
  const shelf = books(
    row('板橋區', 'urban'),
    row('中和區', 'urban', 'tyn'),
    customer('a', '板橋區'),
    customer('b', '中和區'),
    customer('c', ' 三峽區 ', null),
    customer('d', '桃園區', 'urban', 'tyn'),
    customer('e', ''),
    call('1', '三峽區', 'suburban'),
    call('2', '三峽區', 'suburban'),
  );
  expect(suggestedDistricts(shelf, 'ban', districtRows(shelf, 'ban', {}))).toEqual([
    { id: '三峽區', zone: 'suburban' },
    { id: '中和區', zone: 'urban' },
  ]);
});

test('a suggested district has the zone that most of its addresses have, and is near where nobody said', () => {
  const zoneOf = (...zones: (Zone | null)[]) => {
    const shelf = books(...zones.map((zone, i) => customer(`c${i}`, '鶯歌區', zone)));
    return suggestedDistricts(shelf, 'ban', [])[0]?.zone;
  };
  expect([zoneOf('suburban', 'suburban', 'urban'), zoneOf('suburban', 'urban'), zoneOf(null)]).toEqual([
    'suburban',
    'urban',
    'urban',
  ]);
});

test('what was told to the server is shown until its own row comes, and then the row', () => {
  const before = row('板橋區', 'urban');
  const said = { 板橋區: told('suburban' as const, before), 土城區: told('urban' as const, undefined) };
  expect(districtRows(books(before), 'ban', said)).toEqual([
    { id: '土城區', zone: 'urban' },
    { id: '板橋區', zone: 'suburban' },
  ]);
  const after = doc('district', before.id, before.fields, { position: 2 });
  expect(districtRows(books(after), 'ban', said).at(-1)).toEqual({ id: '板橋區', zone: 'urban' });
});

test('a district that was taken out is gone at once', () => {
  const before = row('板橋區', 'urban');
  expect(districtRows(books(before), 'ban', { 板橋區: told(null, before) })).toEqual([]);
});

test('a name is compared as the server compares it', () => {
  expect(districtName(' e\u0301 ')).toBe('\u00e9');
});

test('F020 a name that is written otherwise is the row that there is, and is not shown twice', () => {
  const here = row('台北市信義區', 'urban');
  const rows = districtRows(books(here), 'ban', { 臺北市信義區: told('suburban' as const, undefined) });
  expect(rows).toEqual([{ id: '台北市信義區', zone: 'urban' }]);
  expect(['臺北市信義區', '台北市 信義區', '基隆市信義區'].map((typed) => districtName(typed, rows))).toEqual([
    '台北市信義區',
    '台北市信義區',
    '基隆市信義區',
  ]);
  const twins = [...rows, { id: '臺北市信義區', zone: 'urban' as const }];
  expect(districtName('臺北市信義區', twins)).toBe('臺北市信義區');
});

test('F020 a district of two counties is suggested for each, one of a single county by its name alone', () => {
  const lives = (id: string, district: string, address: string, zone: Zone) =>
    doc('customer', id, { unit: 'ban', district, address, zone });
  const all = books(
    lives('1', '信義區', '台北市信義區松仁路', 'urban'),
    lives('2', '信義區', '臺北市信義區松高路', 'urban'),
    lives('3', '信義區', '基隆市信義區信一路', 'suburban'),
    lives('4', '板橋區', '新北市板橋區文化路', 'urban'),
  );
  expect(suggestedDistricts(all, 'ban', [])).toEqual([
    { id: '台北市信義區', zone: 'urban' },
    { id: '基隆市信義區', zone: 'suburban' },
    { id: '板橋區', zone: 'urban' },
  ]);
  const known = [
    { id: '臺北市信義區', zone: 'urban' as const },
    { id: '板橋區', zone: 'urban' as const },
  ];
  expect(suggestedDistricts(all, 'ban', known)).toEqual([{ id: '基隆市信義區', zone: 'suburban' }]);
});
