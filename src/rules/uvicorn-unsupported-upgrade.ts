import { forwardUpgrade } from '../fixes/upgrade.ts';
import { installUvicornStandard } from '../fixes/websocket-library.ts';
import type { JudgedExchange } from '../model/exchange.ts';
import type { Rule } from '../model/rule.ts';
import { fixContext } from './support/context.ts';
import { isGranted } from './support/engine-errors.ts';
import { statusEvidence } from './support/evidence.ts';
import { bodyText, statusOf } from './support/exchanges.ts';
import { oneHit, overOnce, sightings } from './support/sightings.ts';
import { isUpgradeUse, socketWorks } from './support/upgrade.ts';
import page from './uvicorn-unsupported-upgrade.md?raw';

/** uvicorn's whole answer (uvicorn `protocols/http/h11_impl.py`, `httptools_impl.py`, `handle_upgrade`). */
const TEXT = 'Unsupported upgrade request.';

/** They write `Connection` themselves. */
const CALL_NOTHING_UPGRADE = ['apache', 'cloudflare'];

function shows(exchange: JudgedExchange): boolean {
  return statusOf(exchange) === 400 && bodyText(exchange)?.trim() === TEXT;
}

export const uvicornUnsupportedUpgrade: Rule = {
  id: 'uvicorn-unsupported-upgrade',
  severity: 'warning',
  confidence: 'certain',
  rung: 9,
  page,
  check: (endpoint) =>
    oneHit(sightings(endpoint, shows), ({ exchange }) => ({
      severity: isUpgradeUse(exchange) ? 'warning' : 'error',
      params: { server: exchange.target.origin, reason: reasonText(exchange) },
      evidence: [
        { ...statusEvidence(exchange, isUpgradeUse(exchange) ? '101' : '200'), actual: '400' },
        { exchange: exchange.key, where: 'body', name: 'body', expected: null, actual: TEXT },
      ],
      fixes: isUpgradeUse(exchange)
        ? [installUvicornStandard()]
        : forwardUpgrade(fixContext(exchange), CALL_NOTHING_UPGRADE),
    })),
  isOver: (later, transport) => (transport === 'websocket' ? socketWorks(later) : overOnce(isGranted, shows)(later)),
};

function reasonText(exchange: JudgedExchange): string {
  return isUpgradeUse(exchange)
    ? 'No WebSocket library is installed beside uvicorn, or `--ws none` switches it off.'
    : 'This was a plain request: a proxy on the way adds `Connection: upgrade` to every request, which uvicorn takes for a broken upgrade.';
}
