import type { Notice } from '../store.ts';
import { Icon } from './Icon.tsx';

interface StatusLineProps {
  notice: Notice | null;
  /** What is on the screen in a few words. */
  text: string;
  onDismiss(): void;
}

/** The line at the bottom: counts, and the outcome of what the user asked for. */
export function StatusLine({ notice, text, onDismiss }: StatusLineProps) {
  return (
    <footer className="statusline">
      <span className="statusline-text">{text}</span>
      <span role="status" className="notice">
        {notice && (
          <span className={notice.kind === 'error' ? 'tone-error' : 'tone-ok'}>
            <Icon name={notice.kind === 'error' ? 'error' : 'ok'} />
            <span>{notice.text}</span>
          </span>
        )}
      </span>
      {notice && (
        <button type="button" className="tool" aria-label="Dismiss" onClick={onDismiss}>
          <Icon name="failed" />
        </button>
      )}
    </footer>
  );
}
