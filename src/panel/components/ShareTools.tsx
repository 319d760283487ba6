import { useState } from 'react';
import type { ChosenStacks } from '../../model/sides.ts';
import type { PanelClient } from '../client.ts';
import type { PanelHost } from '../host.ts';
import { copyBackendMessage, copyReport, fileBug, saveReport } from '../save-report.ts';
import type { PanelModel, Store } from '../store.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { FileBugDialog } from './FileBugDialog.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { hidingOf, useSharing } from './use-sharing.ts';

interface ShareToolsProps {
  host: PanelHost;
  client: PanelClient;
  store: Store<PanelModel>;
  notes: string;
  /** Whether there is nothing to share. */
  disabled: boolean;
  /** Id of the endpoint that is looked at. */
  endpoint: string | null;
  /** Stacks of the fixes that were looked at last. */
  stacks: ChosenStacks;
}

/** All that hands a diagnosis on. */
export function ShareTools({ host, client, store, notes, disabled, endpoint, stacks }: ShareToolsProps) {
  const sharing = useSharing();
  const [isFiling, setIsFiling] = useState(false);
  const hiding = hidingOf(sharing);
  const isHidingMore = sharing.hosts || sharing.texts.length > 0;
  return (
    <>
      {isHidingMore && (
        <button
          type="button"
          className="tool chip"
          aria-label={`${hidingWords(sharing.hosts, sharing.texts.length)} in what is shared: show again`}
          title={`${hidingWords(sharing.hosts, sharing.texts.length)} in all that is saved and copied. Press to show again`}
          onClick={() => {
            sharing.setHosts(false);
            for (const text of sharing.texts) sharing.show(text);
          }}
        >
          <Icon name="hidden" />
          <span className="tool-label">{hidingWords(sharing.hosts, sharing.texts.length)}</span>
        </button>
      )}
      <ShareButton
        icon="save"
        name="Save report"
        title="Save the report as one HTML file, without secrets"
        disabled={disabled}
        onClick={() => void saveReport(client, store, 'html', { notes, hiding })}
      />
      <ExportMenu
        client={client}
        sharing={sharing}
        notes={notes}
        disabled={disabled}
        onExport={(format, secrets) =>
          void saveReport(client, store, format, { notes, hiding: hidingOf(sharing, secrets) })
        }
      />
      <ShareButton
        icon="copy"
        name="Copy for bug report"
        title="Copy the report as Markdown, without secrets"
        disabled={disabled}
        onClick={() => void copyReport(client, store, { notes, hiding })}
      />
      <ShareButton
        icon="message"
        name="Copy message for backend"
        title="Copy five lines for who owns the server: what to change, where, why, and how to check it with curl"
        disabled={disabled}
        onClick={() => void copyBackendMessage(client, store, { endpoint, stacks, hiding })}
      />
      <ShareButton
        icon="bug"
        name="File bug"
        title="Look at the report, then open your tracker's page for a new issue with it"
        disabled={disabled}
        onClick={() => setIsFiling(true)}
      />
      {isFiling && (
        <FileBugDialog
          host={host}
          client={client}
          sharing={sharing}
          notes={notes}
          onClose={() => setIsFiling(false)}
          onFile={(tracker, issue) => {
            // The dialog closes once the text is copied: what is behind it cannot be selected before.
            void fileBug(client, store, tracker, issue).then(() => setIsFiling(false));
          }}
          onProblem={(text) => store.update((model) => ({ ...model, notice: { kind: 'error', text } }))}
        />
      )}
    </>
  );
}

function hidingWords(hosts: boolean, texts: number): string {
  if (texts === 0) return 'Hosts hidden';
  const words = texts === 1 ? '1 text' : `${texts} texts`;
  return hosts ? `Hosts and ${words} hidden` : `${words} hidden`;
}

interface ShareButtonProps {
  icon: IconName;
  name: string;
  title: string;
  disabled: boolean;
  onClick(): void;
}

/** Its words go where there is no room for them; its name does not. */
function ShareButton({ icon, name, title, disabled, onClick }: ShareButtonProps) {
  return (
    <button
      type="button"
      className="tool tool-text"
      aria-label={name}
      title={`${name}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className="tool-label">{name}</span>
    </button>
  );
}
