import { KIND, type Kind } from '../wire/vocabulary.ts';

/** What a list brought. */
export interface ImportPurpose {
  readonly file: string;
  readonly counts: readonly { readonly kind: Kind; readonly fresh: number; readonly changed: number }[];
}

/** How much of a device's rows did not add up. */
export interface RepairPurpose {
  readonly ranges: number;
  readonly rows: number;
}

const COUNT = /(\d+) new and (\d+) changed of ([a-z_]+)/;
const COUNTS = new RegExp(`^${COUNT.source}(?:, ${COUNT.source})*$`);
const BEHIND_NAME = ': ';

/** What the server noted of an import, word for word as it writes it; undefined for anything else. */
export function readImport(purpose: string): ImportPurpose | undefined {
  const end = purpose.lastIndexOf(BEHIND_NAME);
  const written = purpose.slice(end + BEHIND_NAME.length);
  if (end < 0 || !COUNTS.test(written)) return undefined;
  const counts = written.split(', ').map((each) => {
    const [, fresh, changed, name] = COUNT.exec(each) ?? [];
    return { kind: KIND.find((kind) => kind === name), fresh: Number(fresh), changed: Number(changed) };
  });
  if (!counts.every(hasKind)) return undefined;
  return { file: purpose.slice(0, end), counts };
}

function hasKind(count: { readonly kind: Kind | undefined }): count is ImportPurpose['counts'][number] {
  return count.kind !== undefined;
}

/** What the server noted of mended rows; undefined for anything else. */
export function readRepair(purpose: string): RepairPurpose | undefined {
  const [, ranges, rows] = /^(\d+) ranges, (\d+) rows$/.exec(purpose) ?? [];
  return ranges === undefined ? undefined : { ranges: Number(ranges), rows: Number(rows) };
}
