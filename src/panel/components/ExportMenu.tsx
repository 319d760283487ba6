import type { KeyboardEvent, RefObject } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { PanelClient } from '../client.ts';
import type { ExportFormat } from '../questions.ts';
import { HidingControls } from './HidingControls.tsx';
import { Icon } from './Icon.tsx';
import { PreviewView } from './PreviewView.tsx';
import { usePreview } from './use-preview.ts';
import { hidingOf, type Sharing } from './use-sharing.ts';

interface Format {
  format: ExportFormat;
  label: string;
}

const HTML: Format = { format: 'html', label: 'HTML report' };
/** In the order of the menu. */
const FORMATS: Format[] = [
  HTML,
  { format: 'markdown', label: 'Markdown' },
  { format: 'json', label: 'JSON' },
  { format: 'har', label: 'HAR' },
];

interface ExportMenuProps {
  client: PanelClient;
  sharing: Sharing;
  notes: string;
  disabled: boolean;
  onExport(format: ExportFormat, secrets: boolean): void;
}

/**
 * A menu button (https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/). Below the menu stands what would leave, so that it is seen
 * before a format is chosen; choosing one saves it at once.
 */
export function ExportMenu({ client, sharing, notes, disabled, onExport }: ExportMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useLeaving(root, open, () => setOpen(false));

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span className="menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        className="tool tool-text"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        aria-label="Export report"
        title="Export report: look at what leaves, and save it as HTML, Markdown, JSON or HAR"
        disabled={disabled}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="export" />
        <span className="tool-label">Export report</span>
        <Icon name="caret" />
      </button>
      {open && (
        <Popover
          menuId={menuId}
          client={client}
          sharing={sharing}
          notes={notes}
          onClose={close}
          onChoose={(format, secrets) => {
            close();
            onExport(format, secrets);
          }}
        />
      )}
    </span>
  );
}

interface PopoverProps {
  menuId: string;
  client: PanelClient;
  sharing: Sharing;
  notes: string;
  onClose(): void;
  onChoose(format: ExportFormat, secrets: boolean): void;
}

function Popover({ menuId, client, sharing, notes, onClose, onChoose }: PopoverProps) {
  const [shown, setShown] = useState(HTML);
  // For this one time: what is saved later is redacted again.
  const [secrets, setSecrets] = useState(true);
  const state = usePreview(client, shown.format, { notes, hiding: hidingOf(sharing, secrets) });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever in it the focus is.
    <div
      className="export-popover"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Menu id={menuId} shown={shown} onShow={setShown} onChoose={(format) => onChoose(format, secrets)} />
      <HidingControls sharing={sharing} secrets={secrets} onSecrets={setSecrets} />
      <PreviewView state={state} format={shown.format} name={shown.label} startsOpen={false} />
    </div>
  );
}

interface MenuProps {
  id: string;
  shown: Format;
  onShow(format: Format): void;
  onChoose(format: ExportFormat): void;
}

function Menu({ id, shown, onShow, onChoose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-label="Export report"
      className="menu"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (!moveInMenu(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {FORMATS.map((each) => (
        <button
          key={each.format}
          type="button"
          role="menuitem"
          className={each === shown ? 'shown' : undefined}
          tabIndex={-1}
          onFocus={() => onShow(each)}
          onClick={() => onChoose(each.format)}
        >
          {each.label}
        </button>
      ))}
    </div>
  );
}

/** Arrows go round; whether the key was one of the menu's. */
function moveInMenu(event: KeyboardEvent<HTMLElement>): boolean {
  const items = [...event.currentTarget.querySelectorAll('button')];
  const index = items.findIndex((item) => item.matches(':focus'));
  const next: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 };
  const target = next[event.key];
  if (target === undefined) return false;
  items.at(target % items.length)?.focus();
  return true;
}

/** The user presses elsewhere, or goes elsewhere by keyboard. */
function useLeaving(root: RefObject<HTMLElement | null>, active: boolean, listener: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onEvent = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) listener();
    };
    document.addEventListener('pointerdown', onEvent);
    document.addEventListener('focusin', onEvent);
    return () => {
      document.removeEventListener('pointerdown', onEvent);
      document.removeEventListener('focusin', onEvent);
    };
  }, [root, active, listener]);
}
