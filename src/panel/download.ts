import type { ExportedFile } from './questions.ts';

/** Time for the browser to take the file over; after that its memory is given back. */
const REVOKE_AFTER_MS = 60_000;

/** Hands a finished file to the browser's downloads. */
export function download(file: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([file.text], { type: file.mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
