/** How large a photo may be: its longer side in pixels, and its file in bytes. */
export interface Largest {
  readonly side: number;
  readonly bytes: number;
}

/** A photo upright, small, and with nothing in it but its pixels. */
export interface Shrunk {
  readonly file: Blob;
  readonly width: number;
  readonly height: number;
}

/** The chosen file is no picture that this browser can read. */
export class NotAPicture extends Error {}

const QUALITIES = [0.82, 0.7, 0.55, 0.4];
const SMALLER = 0.75;
const MOST_STEPS = 6;

/**
 * Shrinks a photo as it is taken: turned upright once, scaled down, packed as JPEG until it is small enough.
 *
 * The camera's own notes (place, turn, the phone's make) stay behind with its file. Throws `NotAPicture`.
 */
export async function shrunk(photo: Blob, largest: Largest): Promise<Shrunk> {
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotAPicture();
  });
  try {
    let scale = Math.min(1, largest.side / Math.max(bitmap.width, bitmap.height));
    for (let step = 0; step < MOST_STEPS; step++, scale *= SMALLER) {
      const canvas = drawn(bitmap, scale);
      const file = await packed(canvas, largest.bytes);
      if (file) return { file, width: canvas.width, height: canvas.height };
    }
    throw new NotAPicture();
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) throw new Error('this browser draws no canvas');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The best quality that is small enough; null: none is. */
async function packed(canvas: HTMLCanvasElement, most: number): Promise<Blob | null> {
  for (const quality of QUALITIES) {
    const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (file && file.size <= most) return file;
  }
  return null;
}
