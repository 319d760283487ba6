/**
 * All rules, in the order of what to fix first: by rung, and within a rung as listed. A rule that is not here does not run.
 * How to add one: docs/adding-a-rule.md.
 */
import type { Rule } from '../model/rule.ts';
import { allowRequestForbidden } from './allow-request-forbidden.ts';
import { apiAuth401 } from './api-auth-401.ts';
import { blockedByClient } from './blocked-by-client.ts';
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
import { cspConnectSrc } from './csp-connect-src.ts';
import { cswshExposure } from './cswsh-exposure.ts';
import { dnsFailure } from './dns-failure.ts';
import { emptyResponse } from './empty-response.ts';
import { extraHeadersForcePreflight } from './extra-headers-force-preflight.ts';
import { gateway502503504 } from './gateway-502-503-504.ts';
import { handshakePending } from './handshake-pending.ts';
import { heartbeatMismatch } from './heartbeat-mismatch.ts';
import { idleTimeoutProxy } from './idle-timeout-proxy.ts';
import { invalidNamespace } from './invalid-namespace.ts';
import { localNetworkAccess } from './local-network-access.ts';
import { middlewareRejected } from './middleware-rejected.ts';
import { mixedContent } from './mixed-content.ts';
import { namespaceUsedAsPath } from './namespace-used-as-path.ts';
import { noTransportFallback } from './no-transport-fallback.ts';
import { notEngineio200 } from './not-engineio-200.ts';
import { offlineOrSuspended } from './offline-or-suspended.ts';
import { payloadTooLarge } from './payload-too-large.ts';
import { pingTimeout } from './ping-timeout.ts';
import { plainWebsocketServer } from './plain-websocket-server.ts';
import { pollBuffered } from './poll-buffered.ts';
import { pollGatewayTimeout } from './poll-gateway-timeout.ts';
import { pollingRedirect } from './polling-redirect.ts';
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
import { pythonMultiworker } from './python-multiworker.ts';
import { pythonOriginRejected } from './python-origin-rejected.ts';
import { pythonUnsupportedVersion } from './python-unsupported-version.ts';
import { rateLimited } from './rate-limited.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { requestOverlap } from './request-overlap.ts';
import { samesiteCookieBlocked } from './samesite-cookie-blocked.ts';
import { serverDisconnect } from './server-disconnect.ts';
import { serverNoUpgrades } from './server-no-upgrades.ts';
import { serverRestarted } from './server-restarted.ts';
import { serverlessHost } from './serverless-host.ts';
import { serviceWorkerIntercept } from './service-worker-intercept.ts';
import { sessionExpired } from './session-expired.ts';
import { spaFallbackHtml } from './spa-fallback-html.ts';
import { stickyCookieNotSent } from './sticky-cookie-not-sent.ts';
import { stickySessionMissing } from './sticky-session-missing.ts';
import { strictModeDoubleConnect } from './strict-mode-double-connect.ts';
import { stuckOnPolling } from './stuck-on-polling.ts';
import { thirdPartyCookieBlocked } from './third-party-cookie-blocked.ts';
import { tlsError } from './tls-error.ts';
import { transportDisabled } from './transport-disabled.ts';
import { twoServersSameHttp } from './two-servers-same-http.ts';
import { uvicornUnsupportedUpgrade } from './uvicorn-unsupported-upgrade.ts';
import { versionEio3ToV30 } from './version-eio3-to-v3-0.ts';
import { versionEio3ToV3plus } from './version-eio3-to-v3plus.ts';
import { versionEio3WsInvalidFrame } from './version-eio3-ws-invalid-frame.ts';
import { versionEio4ToV2 } from './version-eio4-to-v2.ts';
import { wrongPath404 } from './wrong-path-404.ts';
import { wsPathUnmatched } from './ws-path-unmatched.ts';
import { wsSilentAfter101 } from './ws-silent-after-101.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';
import { wsUpgradeDropped } from './ws-upgrade-dropped.ts';
import { wsUpgradeFailedHidden } from './ws-upgrade-failed-hidden.ts';
import { wsUpgradeOtherStatus } from './ws-upgrade-other-status.ts';

export const rules: readonly Rule[] = [
  // 1: never left the browser
  mixedContent,
  cspConnectSrc,
  blockedByClient,
  localNetworkAccess,
  tlsError,
  connectionRefused,
  dnsFailure,
  emptyResponse,
  serviceWorkerIntercept,
  offlineOrSuspended,
  // 2: redirect
  preflightRedirect,
  pollingRedirect,
  // 3: wrong server or path
  wrongPath404,
  wsPathUnmatched,
  spaFallbackHtml,
  serverlessHost,
  namespaceUsedAsPath,
  plainWebsocketServer,
  notEngineio200,
  apiAuth401,
  gateway502503504,
  // 4: protocol version
  versionEio3ToV3plus,
  versionEio3ToV30,
  versionEio4ToV2,
  versionEio3WsInvalidFrame,
  twoServersSameHttp,
  wsSilentAfter101,
  pythonUnsupportedVersion,
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
  rateLimited,
  pythonOriginRejected,
  allowRequestForbidden,
  middlewareRejected,
  requestOverlap,
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
  // 8: stickiness; a cookie that does not come back is the cause of a sid that is not known
  stickyCookieNotSent,
  samesiteCookieBlocked,
  stickySessionMissing,
  serverRestarted,
  sessionExpired,
  thirdPartyCookieBlocked,
  pythonMultiworker,
  // 9: transport
  transportDisabled,
  noTransportFallback,
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
