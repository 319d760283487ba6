/**
 * Copies a text on a click. DevTools does not pass the clipboard permission on to the frames of extension panels,
 * where only the old command works. Rejects when neither does.
 */
export async function copyText(text: string): Promise<void> {
  if (copyBySelection(text)) return;
  await navigator.clipboard.writeText(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'off-screen';
  // Beside an open dialog nothing can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
