/**
 * Tells whether someone can see the panel, whenever that changes. DevTools hides a panel's frame without hiding its
 * document, so the document's own word is not enough.
 */
export function watchVisibility(root: Element, listener: (visible: boolean) => void): () => void {
  let onScreen = true;
  let last: boolean | null = null;
  const tell = () => {
    const visible = onScreen && document.visibilityState === 'visible';
    if (visible !== last) listener(visible);
    last = visible;
  };
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? onScreen;
    tell();
  });
  observer.observe(root);
  document.addEventListener('visibilitychange', tell);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}
