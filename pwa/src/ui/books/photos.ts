import type { Doc, FileState } from '../../store/index.ts';
import type { Photo } from '../../wire/kinds.ts';
import type { Books } from './books.ts';
import { isErased } from './erased.ts';

/** How far a photo got, as this device knows: at the office unless its file is still here. */
export type PhotoState = FileState | 'delivered';

/** A photo as screens show it. */
export interface PhotoView {
  readonly id: string;
  readonly doc: Doc<'photo'>;
  readonly sha256: string;
  readonly caption: string;
  readonly takenAt: number;
  readonly state: PhotoState;
}

/** The photos of a visit, in the order in which they were taken; one without a file is none. */
export function photosOf(
  books: Books,
  visit: Doc<'service_visit'>,
  files: ReadonlyMap<string, FileState> = new Map(),
): readonly PhotoView[] {
  return books.photo
    .children('visit', visit)
    .filter((doc) => doc.fields.image_sha256 != null)
    .map((doc) => viewOf(doc, files))
    .toSorted((one, other) => one.takenAt - other.takenAt || (one.id < other.id ? -1 : 1));
}

/** How many photos of a visit an erasure took away. */
export function erasedPhotos(books: Books, visit: Doc<'service_visit'>): number {
  return books.photo.children('visit', visit).filter(isErased).length;
}

function viewOf(doc: Doc<'photo'>, files: ReadonlyMap<string, FileState>): PhotoView {
  const { image_sha256, caption, taken_at } = doc.fields;
  const sha256 = image_sha256 ?? '';
  const state = files.get(sha256) ?? (doc.unsent > 0 ? 'pending' : 'delivered');
  return { id: doc.id, doc, sha256, caption: caption ?? '', takenAt: taken_at ?? 0, state };
}

const MICRO = 1_000_000;

type Place = { readonly [Part in 'latitude' | 'longitude' | 'accuracy']: Photo[Part] | undefined };

/** Where something was, in degrees; null where nobody said. */
export function degreesOf({ latitude, longitude, accuracy }: Place) {
  if (latitude == null || longitude == null) return null;
  const degrees = (micro: number) => (micro / MICRO).toFixed(5);
  return { latitude: degrees(latitude), longitude: degrees(longitude), accuracy: accuracy ?? 0 };
}

export const placeOf = ({ doc: { fields } }: PhotoView) => degreesOf(fields as Place);
