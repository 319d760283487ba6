import { visible } from '../format.ts';
import type { ImportedFile } from '../imports.ts';

/** In place of a file that is still being read. */
export function Opening({ file, onCancel }: { file: ImportedFile; onCancel(): void }) {
  const name = visible(file.name);
  return (
    <div className="empty">
      <div className="empty-inner">
        <p className="lead" role="status">
          Reading <bdi>{name}</bdi>…
        </p>
        <progress aria-label={`Reading ${name}`} />
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
