/** Where somebody lives: a district, township or town, and the county that it lies in; `''` for what nobody said. */
export interface Place {
  readonly county: string;
  readonly district: string;
}

/** A name as places are compared: 台北市 信義區 is 臺北市信義區. The twin of schemas/rules/places.py. */
export function placeKey(name: string): string {
  return name.normalize('NFKC').replaceAll(/[ \t]/g, '').replaceAll('台', '臺');
}

const UP_TO_COUNTY = /^.*?[縣市](?=.{1,3}[區鄉鎮市])/u;
const COUNTY = /\p{Script=Han}{2}[縣市]$/u;
/**
 * A district ends where it first can, for roads are called after districts: 東區市府路, 板橋區區運路, 斗六市鎮北路. One that has a
 * 鎮 or 市 in its name goes on to its 區: 前鎮區, 新市區.
 */
const DISTRICT = /^\s*(\p{Script=Han}{1,3}?(?:區|[鄉鎮市](?!區)))/u;

/** The place that an address begins with: `新北市板橋區文化路` is in 板橋區 of 新北市. */
export function placeOf(address: string): Place {
  const said = address.normalize('NFKC');
  const [head = ''] = UP_TO_COUNTY.exec(said) ?? [];
  return {
    county: COUNTY.exec(head)?.[0] ?? '',
    district: DISTRICT.exec(said.slice(head.length))?.[1] ?? '',
  };
}

/** The place that a district means which was written beside an address: the county is the address's, if it is in it. */
export function placeNamed(district: string, address: string): Place {
  const [typed, lies] = [placeOf(district), placeOf(address)];
  const name = typed.county ? typed.district : district.trim();
  const isThere = placeKey(lies.district) === placeKey(name);
  return { county: typed.county || (isThere ? lies.county : ''), district: name };
}

/** How a table may call a place, as names are compared: what names the county goes before what does not (F020). */
export function placeKeys({ county, district }: Place): readonly string[] {
  const bare = placeKey(district);
  if (bare === '') return [];
  return county === '' ? [bare] : [placeKey(county) + bare, bare];
}

/** Whether two places may be the same one: of the same name, and not of two counties. */
export function maySame(one: Place, other: Place): boolean {
  const [here, there] = [placeKey(one.county), placeKey(other.county)];
  return placeKey(one.district) === placeKey(other.district) && (here === '' || there === '' || here === there);
}
