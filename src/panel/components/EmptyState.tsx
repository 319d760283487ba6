import type { PanelState } from '../../messaging/contract.ts';
import { usePanel } from '../panel-context.ts';
import { Icon } from './Icon.tsx';
import { Limits } from './Limits.tsx';

/** Nothing seen yet: what to do, and why nothing may have been seen. */
export function EmptyState({ state }: { state: PanelState }) {
  const { reloadPage } = usePanel();
  return (
    <div className="empty">
      <div className="empty-inner">
        <span className="empty-icon">
          <Icon name="plug" />
        </span>
        <h2>No Socket.IO connection seen yet</h2>
        {state.settings.recording ? (
          <p className="lead">Reload the page, or let it connect, with DevTools open.</p>
        ) : (
          <p className="lead">Recording is off. Press Record, then reload the page.</p>
        )}
        {reloadPage && (
          <button type="button" className="button primary" onClick={reloadPage}>
            <Icon name="reload" />
            Reload page
          </button>
        )}
        <ul className="empty-facts">
          <li>DevTools must be open when the connection fails: what happened before that cannot be seen.</li>
          <li>
            A connection is recognised by <code>EIO=</code> and <code>transport=</code> in its query, whatever its path
            is.
          </li>
          <li>
            Somebody sent you a HAR file? <code className="command">npx socketio-doctor analyze capture.har</code>
          </li>
        </ul>
        <Limits limits={state.limits} dropped={state.dropped} />
      </div>
    </div>
  );
}
