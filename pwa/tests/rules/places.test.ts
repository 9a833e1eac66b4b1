import { expect, test } from 'vitest';
import { maySame, placeKeys, placeNamed, placeOf } from '../../src/rules/places.ts';

test.each([
  ['新北市板橋區文化路一段 188 巷', '新北市', '板橋區'],
  ['板橋區文化路', '', '板橋區'],
  ['桃園市中壢區中央西路', '桃園市', '中壢區'],
  ['新竹縣竹北市光明六路', '新竹縣', '竹北市'],
  ['苗栗縣三義鄉中正路', '苗栗縣', '三義鄉'],
  ['宜蘭縣宜蘭市中山路', '宜蘭縣', '宜蘭市'],
  ['台中市北區三民路', '台中市', '北區'],
  ['台南市東區東門路', '台南市', '東區'],
  ['新竹市東區光復路', '新竹市', '東區'],
  ['台中市西區市府路', '台中市', '西區'],
  ['桃園市平鎮區中豐路', '桃園市', '平鎮區'],
  ['20142 基隆市信義區信一路', '基隆市', '信義區'],
  ['台灣台北市信義區松仁路', '台北市', '信義區'],
  ['新北市板橋區區運路 1 號', '新北市', '板橋區'],
  ['雲林縣斗六市鎮北路', '雲林縣', '斗六市'],
  ['高雄市前鎮區鎮中路', '高雄市', '前鎮區'],
  ['南投縣埔里鎮鎮南街', '南投縣', '埔里鎮'],
  ['彰化縣員林市市場街', '彰化縣', '員林市'],
  ['台南市新市區中正路', '台南市', '新市區'],
  ['台南市左鎮區中正里', '台南市', '左鎮區'],
  ['高雄市那瑪夏區平和巷', '高雄市', '那瑪夏區'],
  ['屏東縣三地門鄉中正路', '屏東縣', '三地門鄉'],
  ['文化路 12 號', '', ''],
])('%s lies in %s, %s', (address, county, district) => {
  expect(placeOf(address)).toEqual({ county, district });
});

test('F020 a district that was written down is in the county of the address, or in the one that it names', () => {
  expect(placeNamed('信義區', '基隆市信義區信一路')).toEqual({ county: '基隆市', district: '信義區' });
  expect(placeNamed('基隆市信義區', '台北市信義區')).toEqual({ county: '基隆市', district: '信義區' });
  expect(placeNamed(' 臺東市 ', '台東縣台東市中山路')).toEqual({ county: '台東縣', district: '臺東市' });
  expect(placeNamed('中山區', '基隆市信義區信一路')).toEqual({ county: '', district: '中山區' });
  expect(placeNamed('郊外', '')).toEqual({ county: '', district: '郊外' });
});

test('F020 the name with the county goes before the bare one', () => {
  expect(placeKeys({ county: '台北市', district: '信義區' })).toEqual(['臺北市信義區', '信義區']);
  expect(placeKeys({ county: '', district: '信義區' })).toEqual(['信義區']);
  expect(placeKeys({ county: '', district: '' })).toEqual([]);
});

test('places of one name may be the same unless two counties are named', () => {
  const at = (county: string) => ({ county, district: '信義區' });
  expect([maySame(at('台北市'), at('臺北市')), maySame(at('台北市'), at(''))]).toEqual([true, true]);
  expect([maySame(at('台北市'), at('基隆市')), maySame(at(''), { county: '', district: '中山區' })]).toEqual([
    false,
    false,
  ]);
});
