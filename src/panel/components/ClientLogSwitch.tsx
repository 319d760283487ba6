import { useEffect, useState } from 'react';
import {
  clientLogIn,
  hasClientLog,
  READ_CLIENT_LOG,
  withClientLog,
  withoutClientLog,
  writeClientLog,
} from '../client-log.ts';
import { usePanel } from '../panel-context.ts';

/** Turns the client's own log on and off in the inspected page. */
export function ClientLogSwitch() {
  const { evaluateInPage, reloadPage } = usePanel();
  const [value, setValue] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    let gone = false;
    void evaluateInPage?.(READ_CLIENT_LOG).then((answer) => gone || setValue(clientLogIn(answer)));
    return () => {
      gone = true;
    };
  }, [evaluateInPage]);
  if (!evaluateInPage || value === null) return null;

  const toggle = async (on: boolean) => {
    const next = on ? withClientLog(value) : withoutClientLog(value);
    setValue(next);
    setChanged(true);
    // What the page says counts: it may have gone, or keep nothing.
    setValue(clientLogIn(await evaluateInPage(writeClientLog(next))));
  };
  return (
    <p className="client-log">
      <label className="check">
        <input type="checkbox" checked={hasClientLog(value)} onChange={(event) => void toggle(event.target.checked)} />
        Write the client’s own log into the page’s console
      </label>
      <span className="quiet">
        Bundled: for now <code>{'import { io } from "socket.io-client/debug"'}</code>; <code>socket.io.min.js</code> and{' '}
        <code>socket.io.esm.min.js</code> have no log.
      </span>
      {changed && (
        <span className="quiet" role="status">
          {hasClientLog(value) ? 'On after a reload; set the console’s log level to Verbose.' : 'Off after a reload.'}{' '}
          {reloadPage && (
            <button type="button" className="link" onClick={reloadPage}>
              Reload the page
            </button>
          )}
        </span>
      )}
    </p>
  );
}
