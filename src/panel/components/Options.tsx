import { useEffect, useState } from 'react';
import type { Tracker } from '../../tracker/tracker.ts';
import { usableTracker } from '../usable-tracker.ts';
import { TrackerForm } from './TrackerForm.tsx';

interface OptionsProps {
  read(): Promise<unknown>;
  write(tracker: Tracker): Promise<void>;
}

/** All that can be set: everything else is decided in the panel, for the one case. */
export function Options({ read, write }: OptionsProps) {
  const [tracker, setTracker] = useState<Tracker | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    read().then(
      (stored) => setTracker(usableTracker(stored)),
      () => setTracker(null),
    );
  }, [read]);
  const save = (next: Tracker) => {
    setTracker(next);
    write(next).then(
      () => setSaid('Saved.'),
      (reason: Error) => setSaid(`It could not be saved: ${reason.message}`),
    );
  };
  return (
    <main className="options">
      <h1>Doctor for Socket.IO</h1>
      <h2>Where bugs are filed</h2>
      <p>
        <b>File bug</b> in the panel opens this tracker’s page for a new issue with the report filled in. You look at it
        and send it there; the extension itself sends nothing.
      </p>
      <TrackerForm tracker={tracker} action="Save tracker" onSave={save} />
      <p role="status" className="quiet">
        {said}
      </p>
    </main>
  );
}
