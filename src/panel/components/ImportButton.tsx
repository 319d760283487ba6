import { useRef } from 'react';
import { Icon } from './Icon.tsx';

/** Asks for files and opens them. */
export function ImportButton({ onFiles }: { onFiles(files: File[]): void }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="tool tool-text"
        aria-label="Import"
        title="Import: open HAR files or saved reports (.html, .json); they can be dropped anywhere on the panel, too"
        onClick={() => chooser.current?.click()}
      >
        <Icon name="import" />
        <span className="tool-label">Import</span>
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        multiple
        accept=".har,.json,.html,.htm"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
