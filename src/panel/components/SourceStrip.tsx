import type { ReactNode } from 'react';
import { visible } from '../format.ts';
import type { ImportedFile, Imports } from '../imports.ts';
import { ENDPOINT_LOOK } from '../words.ts';
import { Icon } from './Icon.tsx';
import { COMPARISON, LIVE, type Sources } from './use-sources.ts';

interface SourceStripProps {
  sources: Sources;
  imports: Pick<Imports, 'close' | 'reopen' | 'dismissProblems'>;
}

/** What there is to look at besides the inspected page; nothing while there is only that. */
export function SourceStrip({ sources, imports }: SourceStripProps) {
  const { files, closed, problems, comparable, shownId } = sources;
  return (
    <>
      {(files.length > 0 || closed) && (
        <nav className="sources" aria-label="Sources">
          <ul>
            <Choice sources={sources} id={LIVE}>
              <Icon name="record" />
              Live
            </Choice>
            {files.map((file) => (
              <Choice key={file.id} sources={sources} id={file.id} onClose={() => imports.close(file.id)} file={file} />
            ))}
          </ul>
          {comparable.length > 1 && (
            <button
              type="button"
              className="tool tool-text"
              aria-pressed={shownId === COMPARISON}
              title="What is fixed, still there or new, of any two of these"
              onClick={() => sources.show(COMPARISON)}
            >
              <Icon name="compare" />
              Compare
            </button>
          )}
          {closed && (
            <button type="button" className="tool tool-text" onClick={imports.reopen}>
              <Icon name="reload" />
              <span className="source-name">Reopen {visible(closed.name)}</span>
            </button>
          )}
        </nav>
      )}
      {problems.length > 0 && <Problems problems={problems} onDismiss={imports.dismissProblems} />}
    </>
  );
}

interface ChoiceProps {
  sources: Sources;
  id: string;
  file?: ImportedFile;
  onClose?(): void;
  children?: ReactNode;
}

function Choice({ sources, id, file, onClose, children }: ChoiceProps) {
  const isShown = sources.shownId === id;
  const name = file && visible(file.name);
  return (
    <li className={isShown ? 'source source-shown' : 'source'}>
      <button
        type="button"
        className="source-choice"
        aria-current={isShown}
        title={name}
        onClick={() => sources.show(id)}
      >
        {file && <FileMark file={file} />}
        {name === undefined ? children : <bdi className="source-name">{name}</bdi>}
      </button>
      {onClose && (
        <button type="button" className="source-close" aria-label={`Close ${name}`} onClick={onClose}>
          <Icon name="failed" />
        </button>
      )}
    </li>
  );
}

function FileMark({ file: { content } }: { file: ImportedFile }) {
  if (!content) return <Icon name="pending" label="Being read" />;
  const look = ENDPOINT_LOOK[content.state.summary.status];
  return (
    <span className={`tone-${look.tone}`}>
      <Icon name={look.icon} label={look.text} />
    </span>
  );
}

function Problems({ problems, onDismiss }: { problems: readonly string[]; onDismiss(): void }) {
  return (
    <div className="banner banner-error" role="alert">
      <Icon name="error" />
      <ul>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have the same problem, and the list only grows
          <li key={index}>{problem}</li>
        ))}
      </ul>
      <button type="button" className="tool" aria-label="Dismiss what could not be opened" onClick={onDismiss}>
        <Icon name="failed" />
      </button>
    </div>
  );
}
