import { useEffect, useId, useRef, useState } from 'react';
import { issuePage, TRACKERS, type Tracker, trackerHost } from '../../tracker/tracker.ts';
import type { PanelClient } from '../client.ts';
import { visible } from '../format.ts';
import type { PanelHost } from '../host.ts';
import { usableTracker } from '../usable-tracker.ts';
import { HidingControls } from './HidingControls.tsx';
import { Icon } from './Icon.tsx';
import { PreviewView } from './PreviewView.tsx';
import { TrackerForm } from './TrackerForm.tsx';
import { usePreview } from './use-preview.ts';
import { hidingOf, type Sharing } from './use-sharing.ts';

interface FileBugDialogProps {
  host: PanelHost;
  client: PanelClient;
  sharing: Sharing;
  notes: string;
  onClose(): void;
  onFile(tracker: Tracker, issue: { title: string; body: string }): void;
  onProblem(sentence: string): void;
}

/** Undefined while the store is being read. */
type Known = Tracker | null | undefined;

/** Shows what goes to the tracker before its page is opened. Without a tracker, it asks for one first. */
export function FileBugDialog({ host, client, sharing, notes, onClose, onFile, onProblem }: FileBugDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [tracker, setTracker] = useState<Known>(undefined);
  const [isSetting, setIsSetting] = useState(false);
  const titleId = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  useEffect(() => {
    host.readTracker().then(
      (stored) => setTracker(usableTracker(stored)),
      () => setTracker(null),
    );
  }, [host]);

  const save = (next: Tracker) => {
    setTracker(next);
    setIsSetting(false);
    host.writeTracker(next).catch((reason: Error) => onProblem(`The tracker could not be stored: ${reason.message}`));
  };
  return (
    // DevTools keeps Escape from closing a dialog by itself.
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        dialog.current?.close();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{tracker && !isSetting ? `File bug at ${visible(trackerHost(tracker))}` : 'File bug'}</h2>
        <button type="button" className="tool" aria-label="Close" title="Close" onClick={() => dialog.current?.close()}>
          <Icon name="failed" />
        </button>
      </div>
      {tracker !== undefined && (tracker === null || isSetting) && (
        <>
          <p>
            {tracker === null
              ? 'No tracker is set yet: say where you file bugs, and its page for a new issue opens with the report filled in.'
              : 'Where you file bugs.'}{' '}
            <span className="quiet">The extension itself sends nothing.</span>
          </p>
          <TrackerForm tracker={tracker} action="Save tracker" onSave={save} />
        </>
      )}
      {tracker && !isSetting && (
        <Review
          tracker={tracker}
          client={client}
          sharing={sharing}
          notes={notes}
          onSettings={() => setIsSetting(true)}
          onFile={(issue) => {
            onFile(tracker, issue);
          }}
          onProblem={onProblem}
        />
      )}
    </dialog>
  );
}

interface ReviewProps {
  tracker: Tracker;
  client: PanelClient;
  sharing: Sharing;
  notes: string;
  onSettings(): void;
  onFile(issue: { title: string; body: string }): void;
  onProblem(sentence: string): void;
}

function Review({ tracker, client, sharing, notes, onSettings, onFile, onProblem }: ReviewProps) {
  const [secrets, setSecrets] = useState(true);
  const { markup, name } = TRACKERS[tracker.kind];
  const choice = { notes, hiding: hidingOf(sharing, secrets) };
  const state = usePreview(client, markup, choice);
  const { preview } = state;
  // What was shown is what leaves: while another preview is made, there is nothing to go on with.
  const isShown = preview !== null && !state.pending && state.of === JSON.stringify({ format: markup, choice });
  const cut = preview ? issuePage(tracker, { title: preview.title, body: preview.text }).cut : false;
  const goOn = () => {
    if (!isShown) return;
    if (preview.text.length === preview.length) return onFile({ title: preview.title, body: preview.text });
    client.exportReport(markup, choice).then(
      (file) => onFile({ title: preview.title, body: file.text }),
      (reason: Error) => onProblem(`File bug failed: ${reason.message}`),
    );
  };
  return (
    <form
      className="review"
      onSubmit={(event) => {
        event.preventDefault();
        goOn();
      }}
    >
      <HidingControls sharing={sharing} secrets={secrets} onSecrets={setSecrets} />
      <PreviewView
        state={state}
        format={markup}
        name={markup === 'jira' ? 'Jira’s wiki markup' : 'Markdown'}
        startsOpen
      />
      <p className="quiet">
        {cut
          ? `It is longer than an address of ${name} may be: its beginning is filled in, and all of it is put on the clipboard.`
          : 'It is filled into the page for a new issue, and put on the clipboard.'}{' '}
        Nothing is sent before you send the form there.
      </p>
      <div className="dialog-buttons">
        <button type="button" className="button plain" onClick={onSettings}>
          Tracker settings
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the dialog was opened for this; Enter goes on. */}
        <button type="submit" className="button primary" autoFocus aria-disabled={!isShown}>
          <Icon name="bug" />
          Open tracker
        </button>
      </div>
    </form>
  );
}
