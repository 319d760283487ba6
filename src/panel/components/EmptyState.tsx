import type { PanelState } from '../../messaging/contract.ts';
import { visible } from '../format.ts';
import { usePanel } from '../panel-context.ts';
import { HowToGetHar } from './HowToGetHar.tsx';
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
            Somebody sent you a HAR file or a saved report? Drop it anywhere on this panel, or press <b>Import</b>.
          </li>
        </ul>
        <HowToGetHar />
        <Limits limits={state.limits} dropped={state.dropped} />
      </div>
    </div>
  );
}

/** A file without a connection: what that means. */
export function EmptyFile({ state, name }: { state: PanelState; name: string }) {
  return (
    <div className="empty">
      <div className="empty-inner">
        <span className="empty-icon">
          <Icon name="plug" />
        </span>
        <h2>
          No Socket.IO connection in <bdi>{visible(name)}</bdi>
        </h2>
        <p className="lead">
          None of its requests has <code>EIO=</code> and <code>transport=</code> in its query. It may have been saved
          before the page tried to connect, or with a filter set in the Network panel.
        </p>
        <HowToGetHar />
        <Limits limits={state.limits} dropped={state.dropped} />
      </div>
    </div>
  );
}
