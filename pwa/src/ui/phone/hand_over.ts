/** Hands a file to the person: to the system's share sheet where it takes files (phones), else as a download. */
export async function handOver(file: File, system: Navigator = navigator): Promise<void> {
  if (system.canShare?.({ files: [file] })) {
    await system.share({ files: [file] }).catch(unlessClosed);
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Closing the sheet is a choice. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
