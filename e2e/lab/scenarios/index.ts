import type { Scenario } from '../scenario.ts';
import { allowRequest } from './allow-request.ts';
import { allowRequestForbidden } from './allow-request-forbidden.ts';
import { allowRequestForbiddenV2 } from './allow-request-forbidden-v2.ts';
import { apache } from './apache.ts';
import { apiAuth401 } from './api-auth-401.ts';
import { authToken } from './auth-token.ts';
import { binary } from './binary.ts';
import { binaryOverPolling } from './binary-over-polling.ts';
import { connectErrorAuth } from './connect-error-auth.ts';
import { connectNotAcknowledged } from './connect-not-acknowledged.ts';
import { connectionLeak } from './connection-leak.ts';
import { connectionRefused } from './connection-refused.ts';
import { corsCredentialsNotAllowed } from './cors-credentials-not-allowed.ts';
import { corsExpressOnly } from './cors-express-only.ts';
import { corsMultipleAcaoNginx } from './cors-multiple-acao-nginx.ts';
import { corsMultipleAcaoString } from './cors-multiple-acao-string.ts';
import { corsNotConfigured } from './cors-not-configured.ts';
import { corsNullOrigin } from './cors-null-origin.ts';
import { corsOriginCase } from './cors-origin-case.ts';
import { corsOriginHasPath } from './cors-origin-has-path.ts';
import { corsOriginLoopbackAlias } from './cors-origin-loopback-alias.ts';
import { corsOriginMissingScheme } from './cors-origin-missing-scheme.ts';
import { corsOriginNotInList } from './cors-origin-not-in-list.ts';
import { corsOriginOther } from './cors-origin-other.ts';
import { corsOriginPort } from './cors-origin-port.ts';
import { corsOriginScheme } from './cors-origin-scheme.ts';
import { corsOriginTrailingSlash } from './cors-origin-trailing-slash.ts';
import { corsOriginUndefined } from './cors-origin-undefined.ts';
import { corsOriginWww } from './cors-origin-www.ts';
import { corsProxyOverrides } from './cors-proxy-overrides.ts';
import { corsProxyStripped } from './cors-proxy-stripped.ts';
import { corsReflectsAnyOrigin } from './cors-reflects-any-origin.ts';
import { corsResponseHeaderSentByClient } from './cors-response-header-sent-by-client.ts';
import { corsVaryMissing } from './cors-vary-missing.ts';
import { corsVaryMissingHit } from './cors-vary-missing-hit.ts';
import { corsWildcardWithCredentials } from './cors-wildcard-with-credentials.ts';
import { crossOriginCredentials } from './cross-origin-credentials.ts';
import { crossOriginList } from './cross-origin-list.ts';
import { cspAllows } from './csp-allows.ts';
import { cspConnectSrc } from './csp-connect-src.ts';
import { cspConnectSrcWebsocket } from './csp-connect-src-websocket.ts';
import { cswshExposure } from './cswsh-exposure.ts';
import { customPath } from './custom-path.ts';
import { disconnect } from './disconnect.ts';
import { dnsFailure } from './dns-failure.ts';
import { dynamicNamespace } from './dynamic-namespace.ts';
import { emptyResponse } from './empty-response.ts';
import { express } from './express.ts';
import { expressAppListen } from './express-app-listen.ts';
import { extraHeaders } from './extra-headers.ts';
import { gateway502 } from './gateway-502.ts';
import { handshakePending } from './handshake-pending.ts';
import { haproxy } from './haproxy.ts';
import { haproxyBySource } from './haproxy-by-source.ts';
import { haproxyTwoNodes } from './haproxy-two-nodes.ts';
import { haproxyWebsocketBackend } from './haproxy-websocket-backend.ts';
import { heartbeatMismatch } from './heartbeat-mismatch.ts';
import { heartbeats } from './heartbeats.ts';
import { httpsPageLoopback } from './https-page-loopback.ts';
import { httpsServer } from './https-server.ts';
import { httpsToHttpServer } from './https-to-http-server.ts';
import { idleTimeoutProxy } from './idle-timeout-proxy.ts';
import { invalidNamespace } from './invalid-namespace.ts';
import { largeMessage } from './large-message.ts';
import { largeMessageOverPolling } from './large-message-over-polling.ts';
import { localNetworkAccess } from './local-network-access.ts';
import { middlewareRejected } from './middleware-rejected.ts';
import { mixedContent } from './mixed-content.ts';
import { namespace } from './namespace.ts';
import { namespaceUsedAsPath } from './namespace-used-as-path.ts';
import { nestjs } from './nestjs.ts';
import { nestjsEnableCors } from './nestjs-enable-cors.ts';
import { nextApiRoute } from './next-api-route.ts';
import { nextFirstCall } from './next-first-call.ts';
import { nextRouteNotCalled } from './next-route-not-called.ts';
import { nextTrailingSlash } from './next-trailing-slash.ts';
import { nginx } from './nginx.ts';
import { nginxSubPath } from './nginx-sub-path.ts';
import { nginxTwoNodes } from './nginx-two-nodes.ts';
import { noTransportFallback } from './no-transport-fallback.ts';
import { notEngineio200 } from './not-engineio-200.ts';
import { originByFunction } from './origin-by-function.ts';
import { pageUnload } from './page-unload.ts';
import { payloadTooLarge } from './payload-too-large.ts';
import { payloadTooLargeNginx } from './payload-too-large-nginx.ts';
import { pingTimeout } from './ping-timeout.ts';
import { pingTimeoutPage } from './ping-timeout-page.ts';
import { plainWebsocketServer } from './plain-websocket-server.ts';
import { pollBuffered } from './poll-buffered.ts';
import { pollGatewayTimeout } from './poll-gateway-timeout.ts';
import { pollingByChoice } from './polling-by-choice.ts';
import { pollingOnly } from './polling-only.ts';
import { pollingRedirectHost } from './polling-redirect-host.ts';
import { pollingRedirectHttps } from './polling-redirect-https.ts';
import { pollingRedirectLogin } from './polling-redirect-login.ts';
import { pollingRedirectSlash } from './polling-redirect-slash.ts';
import { preflightAuthBlocked } from './preflight-auth-blocked.ts';
import { preflightBadHandshakeMethod } from './preflight-bad-handshake-method.ts';
import { preflightCachedStale } from './preflight-cached-stale.ts';
import { preflightCredentialsNotAllowed } from './preflight-credentials-not-allowed.ts';
import { preflightHeaderNotAllowed } from './preflight-header-not-allowed.ts';
import { preflightMissingOrigin } from './preflight-missing-origin.ts';
import { preflightMultipleAcao } from './preflight-multiple-acao.ts';
import { preflightNotOk } from './preflight-not-ok.ts';
import { preflightOriginMismatch } from './preflight-origin-mismatch.ts';
import { preflightRedirect } from './preflight-redirect.ts';
import { preflightSid500 } from './preflight-sid-500.ts';
import { preflightV2Server } from './preflight-v2-server.ts';
import { preflightWildcardWithCredentials } from './preflight-wildcard-with-credentials.ts';
import { probeFailed } from './probe-failed.ts';
import { pythonAiohttp } from './python-aiohttp.ts';
import { pythonMultiworker } from './python-multiworker.ts';
import { pythonOriginRejected } from './python-origin-rejected.ts';
import { pythonUnsupportedVersion } from './python-unsupported-version.ts';
import { pythonUvicorn } from './python-uvicorn.ts';
import { rateLimited } from './rate-limited.ts';
import { reconnect } from './reconnect.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { reopen } from './reopen.ts';
import { requestOverlap } from './request-overlap.ts';
import { sameOrigin } from './same-origin.ts';
import { samesiteCookieBlocked } from './samesite-cookie-blocked.ts';
import { serverDisconnect } from './server-disconnect.ts';
import { serverNoUpgrades } from './server-no-upgrades.ts';
import { serverRestarted } from './server-restarted.ts';
import { serverlessHost } from './serverless-host.ts';
import { serviceWorkerIntercept } from './service-worker-intercept.ts';
import { serviceWorkerPasses } from './service-worker-passes.ts';
import { sessionCookie } from './session-cookie.ts';
import { sessionExpired } from './session-expired.ts';
import { severalFaults } from './several-faults.ts';
import { severalFaultsUndecided } from './several-faults-undecided.ts';
import { spa } from './spa.ts';
import { spaFallbackHtml } from './spa-fallback-html.ts';
import { spaFallbackHtmlHidden } from './spa-fallback-html-hidden.ts';
import { stateRecovery } from './state-recovery.ts';
import { stickyCookieNotSent } from './sticky-cookie-not-sent.ts';
import { stickySessionMissing } from './sticky-session-missing.ts';
import { strictModeDoubleConnect } from './strict-mode-double-connect.ts';
import { stuckOnPolling } from './stuck-on-polling.ts';
import { tlsError } from './tls-error.ts';
import { transportDisabled } from './transport-disabled.ts';
import { twoConnections } from './two-connections.ts';
import { twoNamespaces } from './two-namespaces.ts';
import { twoServers } from './two-servers.ts';
import { twoServersSameHttp } from './two-servers-same-http.ts';
import { uvicornUnsupportedUpgrade } from './uvicorn-unsupported-upgrade.ts';
import { v2Client } from './v2-client.ts';
import { v2Server } from './v2-server.ts';
import { v30Server } from './v3-0-server.ts';
import { v3Client } from './v3-client.ts';
import { v3Server } from './v3-server.ts';
import { v41Server } from './v4-1-server.ts';
import { versionEio3Hidden } from './version-eio3-hidden.ts';
import { versionEio3Readable } from './version-eio3-readable.ts';
import { versionEio3ToV30 } from './version-eio3-to-v3-0.ts';
import { versionEio3WsInvalidFrame } from './version-eio3-ws-invalid-frame.ts';
import { versionEio4ToV2 } from './version-eio4-to-v2.ts';
import { versionEio4ToV2Websocket } from './version-eio4-to-v2-websocket.ts';
import { websocketFirst } from './websocket-first.ts';
import { websocketOnly } from './websocket-only.ts';
import { websocketOnlyWithoutCors } from './websocket-only-without-cors.ts';
import { wildcardOrigin } from './wildcard-origin.ts';
import { wrongPath404 } from './wrong-path-404.ts';
import { wrongPath404Readable } from './wrong-path-404-readable.ts';
import { wsPathUnmatched } from './ws-path-unmatched.ts';
import { wsSilentAfter101 } from './ws-silent-after-101.ts';
import { wsUpgrade400Apache } from './ws-upgrade-400-apache.ts';
import { wsUpgrade400NoFallback } from './ws-upgrade-400-no-fallback.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';
import { wsUpgradeDropped } from './ws-upgrade-dropped.ts';
import { wsUpgradeOtherStatus } from './ws-upgrade-other-status.ts';

/** Every scenario, in the order of the lab's page. */
export const scenarios: readonly Scenario[] = [
  corsNotConfigured,
  corsOriginUndefined,
  corsOriginNotInList,
  corsOriginTrailingSlash,
  corsOriginPort,
  corsOriginLoopbackAlias,
  corsOriginScheme,
  corsOriginWww,
  corsOriginCase,
  corsOriginMissingScheme,
  corsOriginHasPath,
  corsOriginOther,
  corsWildcardWithCredentials,
  corsCredentialsNotAllowed,
  corsMultipleAcaoNginx,
  corsMultipleAcaoString,
  corsNullOrigin,
  corsExpressOnly,
  corsProxyStripped,
  corsVaryMissing,
  corsVaryMissingHit,
  corsReflectsAnyOrigin,
  preflightBadHandshakeMethod,
  preflightV2Server,
  preflightHeaderNotAllowed,
  preflightMissingOrigin,
  preflightOriginMismatch,
  preflightMultipleAcao,
  preflightWildcardWithCredentials,
  preflightCredentialsNotAllowed,
  preflightNotOk,
  preflightRedirect,
  preflightAuthBlocked,
  preflightSid500,
  preflightCachedStale,
  corsResponseHeaderSentByClient,
  severalFaults,
  severalFaultsUndecided,
  wrongPath404,
  wrongPath404Readable,
  connectionRefused,
  mixedContent,
  cspConnectSrc,
  cspConnectSrcWebsocket,
  localNetworkAccess,
  tlsError,
  dnsFailure,
  emptyResponse,
  serviceWorkerIntercept,
  pollingRedirectHttps,
  pollingRedirectSlash,
  pollingRedirectLogin,
  pollingRedirectHost,
  wsPathUnmatched,
  spaFallbackHtml,
  spaFallbackHtmlHidden,
  notEngineio200,
  plainWebsocketServer,
  namespaceUsedAsPath,
  serverlessHost,
  apiAuth401,
  rateLimited,
  gateway502,
  versionEio3Readable,
  versionEio3Hidden,
  versionEio3ToV30,
  versionEio4ToV2,
  versionEio4ToV2Websocket,
  versionEio3WsInvalidFrame,
  twoServersSameHttp,
  wsSilentAfter101,
  pythonUnsupportedVersion,
  pythonOriginRejected,
  transportDisabled,
  noTransportFallback,
  allowRequestForbidden,
  allowRequestForbiddenV2,
  middlewareRejected,
  requestOverlap,
  stickySessionMissing,
  serverRestarted,
  stickyCookieNotSent,
  samesiteCookieBlocked,
  pythonMultiworker,
  wsUpgrade400Proxy,
  wsUpgrade400NoFallback,
  wsUpgradeOtherStatus,
  haproxyWebsocketBackend,
  wsUpgradeDropped,
  serverNoUpgrades,
  uvicornUnsupportedUpgrade,
  probeFailed,
  idleTimeoutProxy,
  heartbeatMismatch,
  pingTimeout,
  pingTimeoutPage,
  payloadTooLarge,
  payloadTooLargeNginx,
  pollGatewayTimeout,
  pollBuffered,
  handshakePending,
  serverDisconnect,
  connectNotAcknowledged,
  connectionLeak,
  reconnectStorm,
  cswshExposure,
  connectErrorAuth,
  invalidNamespace,
  corsProxyOverrides,
  wsUpgrade400Apache,
  nestjsEnableCors,
  expressAppListen,
  nextRouteNotCalled,
  httpsToHttpServer,
  nextFirstCall,
  nextTrailingSlash,
  twoServers,
  sameOrigin,
  httpsPageLoopback,
  httpsServer,
  cspAllows,
  serviceWorkerPasses,
  crossOriginList,
  crossOriginCredentials,
  wildcardOrigin,
  extraHeaders,
  websocketOnly,
  websocketOnlyWithoutCors,
  pollingOnly,
  customPath,
  namespace,
  twoNamespaces,
  nginx,
  v2Client,
  v2Server,
  disconnect,
  reopen,
  authToken,
  haproxy,
  apache,
  nginxTwoNodes,
  haproxyTwoNodes,
  haproxyBySource,
  nginxSubPath,
  pythonAiohttp,
  pythonUvicorn,
  nestjs,
  v3Server,
  v3Client,
  v30Server,
  v41Server,
  binary,
  binaryOverPolling,
  largeMessage,
  largeMessageOverPolling,
  reconnect,
  pageUnload,
  dynamicNamespace,
  twoConnections,
  websocketFirst,
  pollingByChoice,
  heartbeats,
  sessionCookie,
  originByFunction,
  allowRequest,
  spa,
  express,
  stateRecovery,
  nextApiRoute,
  sessionExpired,
  stuckOnPolling,
  strictModeDoubleConnect,
];
