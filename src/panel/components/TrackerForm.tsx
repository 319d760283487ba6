import { useEffect, useId, useState } from 'react';
import {
  issuePage,
  TRACKER_KINDS,
  TRACKERS,
  type Tracker,
  type TrackerKind,
  trackerProblem,
} from '../../tracker/tracker.ts';
import { Icon } from './Icon.tsx';

interface TrackerFormProps {
  /** What is set now; null when nothing is. */
  tracker: Tracker | null;
  /** What the button that stores it says. */
  action: string;
  onSave(tracker: Tracker): void;
}

const EMPTY: Tracker = { kind: 'github', address: '', project: '', issueType: '' };
const ADDRESS: Record<TrackerKind, { label: string; placeholder: string }> = {
  github: { label: 'Repository', placeholder: 'owner/repository, or its address' },
  gitlab: { label: 'Project', placeholder: 'group/project, or its address' },
  jira: { label: 'Address of Jira', placeholder: 'https://example.atlassian.net' },
  url: { label: 'Address of a new issue', placeholder: 'https://bugs.example/new?subject={title}&text={body}' },
};
const SAMPLE = { title: 'It does not connect', body: '…' };

/** Where bugs are filed. What is typed is checked at once, and shown as the address that it leads to. */
export function TrackerForm({ tracker, action, onSave }: TrackerFormProps) {
  const [draft, setDraft] = useState(tracker ?? EMPTY);
  useEffect(() => setDraft(tracker ?? EMPTY), [tracker]);
  const resultId = useId();
  const problem = trackerProblem(draft);
  const { label, placeholder } = ADDRESS[draft.kind];
  const set = (change: Partial<Tracker>) => setDraft((known) => ({ ...known, ...change }));
  return (
    <form
      className="tracker-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) onSave(draft);
      }}
    >
      <label className="field">
        <span>Tracker</span>
        <select value={draft.kind} onChange={(event) => set({ kind: kindOf(event.target.value) })}>
          {TRACKER_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {TRACKERS[kind].name}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={label}
        value={draft.address}
        {...{ placeholder, resultId }}
        onChange={(address) => set({ address })}
      />
      {draft.kind === 'jira' && (
        <>
          <Field
            label="Project id"
            value={draft.project}
            placeholder="10000: the pid in the address of the project’s settings"
            resultId={resultId}
            onChange={(project) => set({ project })}
          />
          <Field
            label="Issue type id"
            value={draft.issueType}
            placeholder="1: the id in the address of the issue type’s settings"
            resultId={resultId}
            onChange={(issueType) => set({ issueType })}
          />
        </>
      )}
      {draft.kind === 'url' && (
        <p className="quiet">
          {'{title}'} and {'{body}'} stand for the report’s headline and its Markdown.
        </p>
      )}
      <p id={resultId} className="tracker-result" aria-live="polite">
        {problem === null ? (
          <>
            <span className="quiet">Opens </span>
            <span className="mono">{decodable(issuePage(draft, SAMPLE).url)}</span>
          </>
        ) : (
          <span className={draft.address === '' ? 'quiet' : 'tone-error'}>{problem}</span>
        )}
      </p>
      <div className="dialog-buttons">
        <button type="submit" className="button primary" disabled={problem !== null}>
          <Icon name="save" />
          {action}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  placeholder: string;
  resultId: string;
  onChange(value: string): void;
}

function Field({ label, value, placeholder, resultId, onChange }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={resultId}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function kindOf(value: string): TrackerKind {
  return TRACKER_KINDS.find((kind) => kind === value) ?? 'github';
}

/** For the eye: `It does not connect` instead of `It%20does...`. */
function decodable(url: string): string {
  return url.replaceAll('%20', ' ').replaceAll('%E2%80%A6', '…');
}
