import type { PhotoState, PhotoView } from '../src/ui/books/photos.ts';
import type { Photo } from '../src/wire/kinds.ts';
import { at } from './fixtures.ts';

const picture = (width: number, height: number, shapes: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${shapes}</svg>`;

const FRIDGE = picture(
  1600,
  1200,
  '<path fill="#c8d6dd" d="M0 0h1600v1200H0z"/><path fill="#eef4f6" d="M300 60h1000v1080H300z"/><path fill="#a3b8c2" d="M340 420h920v24H340zM340 720h920v24H340z"/><path fill="#b08a4a" d="M420 240h260v180H420z"/><path fill="#5d7f50" d="M760 300h140v120H760z"/><path fill="#d5e3ea" stroke="#7d97a3" stroke-width="12" d="M420 820h760v240H420z"/>',
);
const SENSOR = picture(
  1200,
  1600,
  '<path fill="#6d7a74" d="M0 0h1200v1600H0z"/><path fill="none" stroke="#e9efec" stroke-width="60" d="M100 300q260-120 420 260t360 340"/><path fill="#f4f7f5" d="M700 780l320 160-80 200-330-170z"/><circle cx="960" cy="1010" r="46" fill="#b0231c"/>',
);
const DRAIN = picture(
  1600,
  1200,
  '<path fill="#b9c4bf" d="M0 0h1600v1200H0z"/><path fill="none" stroke="#5c6a64" stroke-width="44" d="M420 520q380-320 760 0"/><ellipse cx="800" cy="780" rx="330" ry="150" fill="#3c4842"/><ellipse cx="800" cy="780" rx="200" ry="84" fill="#161f1b"/>',
);

/** The files of the photos, by their names. */
export const PHOTO_FILES: Readonly<Record<string, string>> = {
  ['1'.repeat(64)]: FRIDGE,
  ['2'.repeat(64)]: SENSOR,
  ['3'.repeat(64)]: DRAIN,
};

/** Fields of a photo: its file, minutes past 11:40, and what is said of it. */
export function photoFields(file: number, minutes: number, caption: string | null): Photo {
  const [width, height] = file === 2 ? [1200, 1600] : [1600, 1200];
  const place = { latitude: 25_033_964, longitude: 121_564_472, accuracy: 12 };
  const image_sha256 = String(file).repeat(64);
  return { image_sha256, width, height, size: 312_000, taken_at: at(11, 40 + minutes), caption, ...place };
}

const view = (file: number, minutes: number, caption: string, state: PhotoState): PhotoView => ({
  id: `photo-${file}`,
  doc: {
    kind: 'photo',
    id: `photo-${file}`,
    fields: photoFields(file, minutes, caption),
    seen: { base: [0, 'epoch'], over: {} },
    rivals: {},
    position: 0,
    unsent: state === 'delivered' ? 0 : 1,
    held: 0,
  },
  sha256: String(file).repeat(64),
  caption,
  takenAt: at(11, 40 + minutes),
  state,
});

export const photos: readonly PhotoView[] = [
  view(1, 2, '冷藏室 14 度', 'delivered'),
  view(2, 9, '感測器斷線', 'sending'),
  view(3, 15, '', 'pending'),
];

export async function photoFile(sha256: string): Promise<Blob> {
  const file = PHOTO_FILES[sha256];
  if (!file) throw new Error('not there');
  return new Blob([file], { type: 'image/svg+xml' });
}
