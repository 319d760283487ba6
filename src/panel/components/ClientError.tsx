import type { ReportSession } from '../../model/report.ts';
import { visible } from '../format.ts';
import { SourceLink } from './SourceLink.tsx';

/** What the developer sees in the console, so that both are known to be the same thing. */
export function ClientError({ session }: { session: ReportSession }) {
  const { clientError, openedAt, attempts } = session;
  if (clientError === null && openedAt === null) return null;
  return (
    <p className="client-error">
      {clientError !== null && (
        <>
          Your client reports: <code>{visible(clientError)}</code>
        </>
      )}
      {openedAt && (
        <span className="opened-at">
          {clientError === null ? 'Opened at ' : 'opened at '}
          <SourceLink at={openedAt} />
        </span>
      )}
      {attempts > 1 && <span className="attempts">×{attempts}</span>}
    </p>
  );
}
