import { type Drawing, strokePath } from './strokes.ts';

/** Width of the pen, in tenths of a CSS pixel. */
export const PEN = 32;

/** Black on white whatever the theme, so that it prints; `scale` image pixels to a CSS pixel. */
export async function drawingPng({ width, height, strokes }: Drawing, scale = 2): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width / 10) * scale);
  canvas.height = Math.round((height / 10) * scale);
  const ink = canvas.getContext('2d');
  if (!ink) throw new Error('this browser draws no canvas');
  ink.fillStyle = '#FFFFFF';
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.scale(scale / 10, scale / 10);
  ink.lineWidth = PEN;
  ink.lineCap = 'round';
  ink.lineJoin = 'round';
  for (const stroke of strokes) ink.stroke(new Path2D(strokePath(stroke)));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the image could not be made'))), 'image/png');
  });
}
