/**
 * All rules, in the order of what to fix first: by rung, and within a rung as listed. A rule that is not here does not run.
 * How to add one: docs/adding-a-rule.md.
 */
import type { Rule } from '../model/rule.ts';
import { connectErrorAuth } from './connect-error-auth.ts';
import { connectNotAcknowledged } from './connect-not-acknowledged.ts';
import { connectionLeak } from './connection-leak.ts';
import { connectionRefused } from './connection-refused.ts';
import { corsCredentialsNotAllowed } from './cors-credentials-not-allowed.ts';
import { corsExpressOnly } from './cors-express-only.ts';
import { corsMissingOnError } from './cors-missing-on-error.ts';
import { corsMultipleAcao } from './cors-multiple-acao.ts';
import { corsNotConfigured } from './cors-not-configured.ts';
import { corsNullOrigin } from './cors-null-origin.ts';
import { corsOriginMismatch } from './cors-origin-mismatch.ts';
import { corsOriginNotInList } from './cors-origin-not-in-list.ts';
import { corsProxyStripped } from './cors-proxy-stripped.ts';
import { corsReflectsAnyOrigin } from './cors-reflects-any-origin.ts';
import { corsResponseHeaderSentByClient } from './cors-response-header-sent-by-client.ts';
import { corsVaryMissing } from './cors-vary-missing.ts';
import { corsWildcardWithCredentials } from './cors-wildcard-with-credentials.ts';
import { cswshExposure } from './cswsh-exposure.ts';
import { extraHeadersForcePreflight } from './extra-headers-force-preflight.ts';
import { handshakePending } from './handshake-pending.ts';
import { heartbeatMismatch } from './heartbeat-mismatch.ts';
import { idleTimeoutProxy } from './idle-timeout-proxy.ts';
import { invalidNamespace } from './invalid-namespace.ts';
import { payloadTooLarge } from './payload-too-large.ts';
import { pingTimeout } from './ping-timeout.ts';
import { pollBuffered } from './poll-buffered.ts';
import { pollGatewayTimeout } from './poll-gateway-timeout.ts';
import { preflightAuthBlocked } from './preflight-auth-blocked.ts';
import { preflightBadHandshakeMethod } from './preflight-bad-handshake-method.ts';
import { preflightCachedStale } from './preflight-cached-stale.ts';
import { preflightCredentialsNotAllowed } from './preflight-credentials-not-allowed.ts';
import { preflightHeaderNotAllowed } from './preflight-header-not-allowed.ts';
import { preflightMethodNotAllowed } from './preflight-method-not-allowed.ts';
import { preflightMissingOrigin } from './preflight-missing-origin.ts';
import { preflightMultipleAcao } from './preflight-multiple-acao.ts';
import { preflightNotOk } from './preflight-not-ok.ts';
import { preflightOriginMismatch } from './preflight-origin-mismatch.ts';
import { preflightRedirect } from './preflight-redirect.ts';
import { preflightSid500 } from './preflight-sid-500.ts';
import { preflightWildcardWithCredentials } from './preflight-wildcard-with-credentials.ts';
import { probeFailed } from './probe-failed.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { serverDisconnect } from './server-disconnect.ts';
import { serverNoUpgrades } from './server-no-upgrades.ts';
import { strictModeDoubleConnect } from './strict-mode-double-connect.ts';
import { stuckOnPolling } from './stuck-on-polling.ts';
import { uvicornUnsupportedUpgrade } from './uvicorn-unsupported-upgrade.ts';
import { versionEio3ToV3plus } from './version-eio3-to-v3plus.ts';
import { wrongPath404 } from './wrong-path-404.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';
import { wsUpgradeDropped } from './ws-upgrade-dropped.ts';
import { wsUpgradeFailedHidden } from './ws-upgrade-failed-hidden.ts';
import { wsUpgradeOtherStatus } from './ws-upgrade-other-status.ts';

export const rules: readonly Rule[] = [
  // 1: never left the browser
  connectionRefused,
  // 2: redirect
  preflightRedirect,
  // 3: wrong server or path
  wrongPath404,
  // 4: protocol version
  versionEio3ToV3plus,
  // 5: preflight
  preflightBadHandshakeMethod,
  preflightSid500,
  preflightAuthBlocked,
  preflightNotOk,
  preflightMultipleAcao,
  preflightOriginMismatch,
  preflightWildcardWithCredentials,
  preflightCredentialsNotAllowed,
  preflightMissingOrigin,
  preflightMethodNotAllowed,
  corsResponseHeaderSentByClient,
  preflightHeaderNotAllowed,
  preflightCachedStale,
  extraHeadersForcePreflight,
  // 6: status of the actual response
  corsMissingOnError,
  // 7: CORS headers of a good response
  corsNullOrigin,
  corsMultipleAcao,
  corsOriginMismatch,
  corsWildcardWithCredentials,
  corsCredentialsNotAllowed,
  corsProxyStripped,
  corsOriginNotInList,
  corsExpressOnly,
  corsNotConfigured,
  // 9: transport
  wsUpgrade400Proxy,
  wsUpgradeOtherStatus,
  wsUpgradeDropped,
  wsUpgradeFailedHidden,
  serverNoUpgrades,
  uvicornUnsupportedUpgrade,
  probeFailed,
  stuckOnPolling,
  // 10: namespace and authentication: the transport is proven healthy
  connectErrorAuth,
  invalidNamespace,
  connectNotAcknowledged,
  // 11: stability, and what is wrong although it works
  idleTimeoutProxy,
  heartbeatMismatch,
  pingTimeout,
  payloadTooLarge,
  pollGatewayTimeout,
  pollBuffered,
  handshakePending,
  serverDisconnect,
  corsVaryMissing,
  corsReflectsAnyOrigin,
  // 12: lifecycle
  connectionLeak,
  strictModeDoubleConnect,
  reconnectStorm,
  // 13: advice
  cswshExposure,
];
