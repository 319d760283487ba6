interface NotesViewProps {
  notes: string;
  /** Null: they are those of a file, and stay as they are. */
  onNotes: ((notes: string) => void) | null;
}

/** What whoever files the bug adds to what was recorded. */
export function NotesView({ notes, onNotes }: NotesViewProps) {
  return (
    <label className="notes">
      Notes
      <textarea
        value={notes}
        readOnly={onNotes === null}
        placeholder={
          onNotes ? 'What did you do?\nWhat did you expect?\nWhat happened instead?' : 'The file holds no notes.'
        }
        onChange={(event) => onNotes?.(event.target.value)}
      />
      <span className="quiet">
        {onNotes
          ? 'They go into the reports that you save. Secrets that also occur in the traffic, and what looks like a token, are hidden there.'
          : 'They came with the file, and go into what you save of it.'}
      </span>
    </label>
  );
}
