import { Icon } from './Icon.tsx';
import { useFileDrop } from './use-file-drop.ts';

/** Shown over the whole panel while files are dragged over it. */
export function DropTarget({ onFiles }: { onFiles(files: File[]): void }) {
  const dragging = useFileDrop(onFiles);
  if (!dragging) return null;
  return (
    <div className="drop-target">
      <p>
        <Icon name="import" />
        Drop HAR files or saved reports (.html, .json) to open them beside the page
      </p>
    </div>
  );
}
