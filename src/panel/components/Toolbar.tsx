import type { ReactNode } from 'react';
import type { RecorderSettings } from '../../messaging/contract.ts';
import { Icon } from './Icon.tsx';
import { ImportButton } from './ImportButton.tsx';

interface ToolbarProps {
  settings: RecorderSettings | null;
  filter: string;
  onlyProblems: boolean;
  /** Why nothing can be recorded or cleared here; null where it can. */
  frozen: string | null;
  onConfigure(settings: RecorderSettings): void;
  onClear(): void;
  onFilter(filter: string): void;
  onOnlyProblems(only: boolean): void;
  onImport(files: File[]): void;
  /** What hands a diagnosis on. */
  children: ReactNode;
}

export function Toolbar(props: ToolbarProps) {
  const { frozen } = props;
  const settings = frozen === null ? props.settings : null;
  const current = settings ?? { recording: false, preserveLog: false };
  return (
    <header className="toolbar">
      <button
        type="button"
        className="tool record"
        aria-pressed={current.recording}
        aria-label="Record"
        title={frozen ?? (current.recording ? 'Recording: press to stop' : 'Not recording: press to start')}
        disabled={!settings}
        onClick={() => props.onConfigure({ ...current, recording: !current.recording })}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        className="tool"
        aria-label="Clear"
        title={frozen ?? 'Forget everything recorded'}
        disabled={frozen !== null}
        onClick={props.onClear}
      >
        <Icon name="clear" />
      </button>
      <span className="tool-gap" />
      <label className="check" title={frozen ?? 'Keep what was recorded when the page navigates'}>
        <input
          type="checkbox"
          checked={current.preserveLog}
          disabled={!settings}
          onChange={(event) => props.onConfigure({ ...current, preserveLog: event.target.checked })}
        />
        Preserve log
      </label>
      <span className="tool-gap" />
      <span className="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Filter"
          placeholder="Filter: host, sid, state, rule…"
          spellCheck={false}
          value={props.filter}
          onChange={(event) => props.onFilter(event.target.value)}
        />
      </span>
      <label className="check" title="Show only endpoints that fail or have something to fix">
        <input
          type="checkbox"
          checked={props.onlyProblems}
          onChange={(event) => props.onOnlyProblems(event.target.checked)}
        />
        Only problems
      </label>
      <span className="tool-space" />
      <ImportButton onFiles={props.onImport} />
      {props.children}
    </header>
  );
}
