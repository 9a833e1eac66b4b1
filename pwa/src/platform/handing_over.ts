/** Nobody took the file: the share sheet was closed. */
export class NotTaken extends Error {}

/**
 * Hands a file to the person: to the system's share sheet where it takes files (phones), else as a download.
 *
 * Resolves when it was taken or its download has begun; throws `NotTaken`.
 */
export async function handOver(file: File, system: Navigator = navigator): Promise<void> {
  if (!system.canShare?.({ files: [file] })) return download(file);
  try {
    await system.share({ files: [file] });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw new NotTaken();
    download(file);
  }
}

/** How long a browser may take to read what it downloads. */
const READ_MS = 60_000;

export function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}
