import { useId, useState } from 'react';
import { visible } from '../format.ts';
import { Icon } from './Icon.tsx';
import type { Sharing } from './use-sharing.ts';

interface HidingControlsProps {
  sharing: Sharing;
  secrets: boolean;
  onSecrets(hidden: boolean): void;
}

/** What the user decides about what leaves. */
export function HidingControls({ sharing, secrets, onSecrets }: HidingControlsProps) {
  const [text, setText] = useState('');
  const inputId = useId();
  const hide = () => {
    sharing.hide(text);
    setText('');
  };
  const hideSelection = () => sharing.hide(document.getSelection()?.toString() ?? '');
  return (
    <fieldset className="hiding">
      <legend className="sr-only">What is hidden</legend>
      <label className="check" title="host-1.example instead of each host's name; ports, schemes and subdomains stay">
        <input type="checkbox" checked={sharing.hosts} onChange={(event) => sharing.setHosts(event.target.checked)} />
        Hide hosts
      </label>
      <label className="check">
        <input type="checkbox" checked={!secrets} onChange={(event) => onSecrets(!event.target.checked)} />
        Do not hide secrets
      </label>
      {!secrets && (
        <p className="warning-text" role="alert">
          <Icon name="warning" />
          Cookies, tokens and messages leave as they are. Give the file only to those who may act in your name.
        </p>
      )}
      <div className="hide-more">
        <label htmlFor={inputId}>Hide more</label>
        <input
          id={inputId}
          type="text"
          value={text}
          placeholder="a name, a number…"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            hide();
          }}
        />
        <button type="button" className="button plain" disabled={text.trim().length < 2} onClick={hide}>
          Hide
        </button>
        <button
          type="button"
          className="button plain"
          title="Select something in what leaves, then press this"
          // The press must not take the selection away.
          onMouseDown={(event) => event.preventDefault()}
          onClick={hideSelection}
        >
          Hide selection
        </button>
      </div>
      {sharing.texts.length > 0 && (
        <ul className="hidden-texts" aria-label="Hidden by you">
          {sharing.texts.map((each) => (
            <li key={each}>
              <bdi>{visible(each)}</bdi>
              <button
                type="button"
                className="tool"
                aria-label={`Show again: ${visible(each)}`}
                title="Show again"
                onClick={() => sharing.show(each)}
              >
                <Icon name="failed" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
