import type { KeyboardEvent, RefObject } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ExportFormat } from '../questions.ts';
import { Icon } from './Icon.tsx';

/** In the order of the menu. */
const FORMATS: { format: ExportFormat; label: string }[] = [
  { format: 'html', label: 'HTML report' },
  { format: 'markdown', label: 'Markdown' },
  { format: 'json', label: 'JSON' },
  { format: 'har', label: 'HAR' },
];

interface ExportMenuProps {
  disabled: boolean;
  onExport(format: ExportFormat): void;
}

/** A menu button (https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/). */
export function ExportMenu({ disabled, onExport }: ExportMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useClickOutside(root, open, () => setOpen(false));

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (format: ExportFormat) => {
    close();
    onExport(format);
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
        disabled={disabled}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="export" />
        Export report
        <Icon name="caret" />
      </button>
      {open && <Menu id={menuId} onClose={close} onLeave={() => setOpen(false)} onChoose={choose} />}
    </span>
  );
}

interface MenuProps {
  id: string;
  onClose(): void;
  onLeave(): void;
  onChoose(format: ExportFormat): void;
}

function Menu({ id, onClose, onLeave, onChoose }: MenuProps) {
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
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Tab') return onLeave();
        else if (!moveInMenu(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {FORMATS.map(({ format, label }) => (
        <button key={format} type="button" role="menuitem" tabIndex={-1} onClick={() => onChoose(format)}>
          {label}
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

function useClickOutside(root: RefObject<HTMLElement | null>, active: boolean, listener: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) listener();
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [root, active, listener]);
}
