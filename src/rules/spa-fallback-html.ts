import { passOnInVite, passOnInWebpack } from '../fixes/dev-server.ts';
import { serveAtPath } from '../fixes/path.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Evidence, Fix } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import page from './spa-fallback-html.md?raw';
import { fixContext } from './support/context.ts';
import { isServed } from './support/engine-errors.ts';
import { headerEvidence } from './support/evidence.ts';
import { bodyText, isHandshake, mediaType, responseHeader, statusOf } from './support/exchanges.ts';
import { proxiesFor } from './support/path-fixes.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { cameThroughProxy } from './support/who-answered.ts';

/** Engine.IO answers a GET with text or bytes, never with HTML (engine.io, `lib/transports/polling.ts`). */
function isHtml(exchange: JudgedExchange): boolean {
  if (exchange.kind !== 'polling' || !isHandshake(exchange) || exchange.method !== 'GET') return false;
  if (statusOf(exchange) !== 200) return false;
  const text = bodyText(exchange);
  return text === null || text === '' ? mediaType(exchange) === 'text/html' : /^\s*</.test(text);
}

/** How much of a page's beginning is shown. */
const SHOWN = 60;

function bodyEvidence(exchange: JudgedExchange): Evidence[] {
  const text = bodyText(exchange)?.trim();
  if (!text) return [];
  const actual = text.slice(0, SHOWN).replace(/\s+/g, ' ');
  return [{ exchange: exchange.key, where: 'body', name: 'body', expected: '0{"sid":…}', actual }];
}

/** What Vite's server writes into every page that it gives. */
const VITE = '/@vite/client';

/** Everybody whose fallback this may be, the likeliest first: Vite's server, which is no Express, webpack's, which is one, proxies, and servers. */
function fixesFor(exchange: JudgedExchange): Fix[] {
  const context = fixContext(exchange);
  const proxies = proxiesFor(exchange);
  if (bodyText(exchange)?.includes(VITE)) return [passOnInVite(context), ...proxies];
  const servers = serveAtPath(context);
  if (/express|next\.js/i.test(responseHeader(exchange, 'X-Powered-By') ?? ''))
    return [...servers, passOnInWebpack(context), ...proxies];
  const development = [passOnInVite(context), passOnInWebpack(context)];
  return cameThroughProxy(exchange)
    ? [...proxies, ...development, ...servers]
    : [...development, ...proxies, ...servers];
}

export const spaFallbackHtml: Rule = {
  id: 'spa-fallback-html',
  severity: 'error',
  confidence: 'certain',
  rung: 3,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, isHtml), ({ exchange }) => ({
      confidence: bodyText(exchange) ? 'certain' : 'likely',
      params: { server: exchange.target.origin, path: exchange.target.path },
      evidence: [headerEvidence(exchange, 'Content-Type', 'text/plain; charset=UTF-8'), ...bodyEvidence(exchange)],
      fixes: fixesFor(exchange),
    })),
  isOver: overOnce(isServed, isHtml),
};
