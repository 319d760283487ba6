interface NotesViewProps {
  notes: string;
  onNotes(notes: string): void;
}

/** What whoever files the bug adds to what was recorded. */
export function NotesView({ notes, onNotes }: NotesViewProps) {
  return (
    <label className="notes">
      Notes
      <textarea
        value={notes}
        placeholder={'What did you do?\nWhat did you expect?\nWhat happened instead?'}
        onChange={(event) => onNotes(event.target.value)}
      />
      <span className="quiet">
        They go into the reports that you save. Secrets that also occur in the traffic are hidden there.
      </span>
    </label>
  );
}
