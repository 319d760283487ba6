import { allowOnceServed, liftSandbox, servedPage, serveOverHttp } from '../../fixes/null-origin.ts';
import { connectToTarget } from '../../fixes/redirect.ts';
import type { JudgedExchange } from '../../model/exchange.ts';
import type { Fix } from '../../model/finding.ts';
import type { Session } from '../../model/session.ts';
import { fixContext } from './context.ts';
import { observed } from './exchanges.ts';

/** Why the browser sent `Origin: null`, as far as the page's URL and earlier hops tell, and the cure that goes with it. */
export function whyNull(exchange: JudgedExchange, session: Session): { reason: string; fixes: Fix[] } {
  const context = fixContext(exchange);
  if (observed(session).some((hop) => hop.redirectUrl === exchange.url)) {
    return {
      reason: 'A redirect from one origin to another erased it.',
      fixes: connectToTarget(context, exchange.url),
    };
  }
  if (exchange.pageUrl?.startsWith('file:')) {
    return { reason: 'The page was opened from a file (`file://`).', fixes: serveOverHttp(context) };
  }
  const page = httpOrigin(exchange.pageUrl);
  return {
    reason:
      'Pages from `file://`, frames with `sandbox`, and requests redirected from one origin to another have none.',
    fixes:
      page === null ? [...serveOverHttp(context), liftSandbox()] : [liftSandbox(), ...allowOnceServed(context, page)],
  };
}

/** The origin that an opaque page has once it is served properly: that of its address, or where the fix serves it. */
export function originToServe(exchange: JudgedExchange): string {
  return httpOrigin(exchange.pageUrl) ?? servedPage(fixContext(exchange));
}

function httpOrigin(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return origin === 'null' ? null : origin;
}
