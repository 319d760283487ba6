import type { Scenario } from '../scenario.ts';
import { allowRequestForbidden } from './allow-request-forbidden.ts';
import { allowRequestForbiddenV2 } from './allow-request-forbidden-v2.ts';
import { connectErrorAuth } from './connect-error-auth.ts';
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
import { corsProxyStripped } from './cors-proxy-stripped.ts';
import { corsReflectsAnyOrigin } from './cors-reflects-any-origin.ts';
import { corsResponseHeaderSentByClient } from './cors-response-header-sent-by-client.ts';
import { corsVaryMissing } from './cors-vary-missing.ts';
import { corsVaryMissingHit } from './cors-vary-missing-hit.ts';
import { corsWildcardWithCredentials } from './cors-wildcard-with-credentials.ts';
import { crossOriginCredentials } from './cross-origin-credentials.ts';
import { crossOriginList } from './cross-origin-list.ts';
import { customPath } from './custom-path.ts';
import { disconnect } from './disconnect.ts';
import { extraHeaders } from './extra-headers.ts';
import { invalidNamespace } from './invalid-namespace.ts';
import { middlewareRejected } from './middleware-rejected.ts';
import { namespace } from './namespace.ts';
import { nginx } from './nginx.ts';
import { noTransportFallback } from './no-transport-fallback.ts';
import { pollingOnly } from './polling-only.ts';
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
import { pythonMultiworker } from './python-multiworker.ts';
import { pythonOriginRejected } from './python-origin-rejected.ts';
import { pythonUnsupportedVersion } from './python-unsupported-version.ts';
import { reopen } from './reopen.ts';
import { requestOverlap } from './request-overlap.ts';
import { sameOrigin } from './same-origin.ts';
import { samesiteCookieBlocked } from './samesite-cookie-blocked.ts';
import { serverRestarted } from './server-restarted.ts';
import { sessionExpired } from './session-expired.ts';
import { severalFaults } from './several-faults.ts';
import { severalFaultsUndecided } from './several-faults-undecided.ts';
import { stickyCookieNotSent } from './sticky-cookie-not-sent.ts';
import { stickySessionMissing } from './sticky-session-missing.ts';
import { transportDisabled } from './transport-disabled.ts';
import { twoNamespaces } from './two-namespaces.ts';
import { twoServers } from './two-servers.ts';
import { twoServersSameHttp } from './two-servers-same-http.ts';
import { v2Client } from './v2-client.ts';
import { v2Server } from './v2-server.ts';
import { versionEio3Hidden } from './version-eio3-hidden.ts';
import { versionEio3Readable } from './version-eio3-readable.ts';
import { versionEio3ToV30 } from './version-eio3-to-v3-0.ts';
import { versionEio3WsInvalidFrame } from './version-eio3-ws-invalid-frame.ts';
import { versionEio4ToV2 } from './version-eio4-to-v2.ts';
import { versionEio4ToV2Websocket } from './version-eio4-to-v2-websocket.ts';
import { websocketOnly } from './websocket-only.ts';
import { websocketOnlyWithoutCors } from './websocket-only-without-cors.ts';
import { wildcardOrigin } from './wildcard-origin.ts';
import { wrongPath404 } from './wrong-path-404.ts';
import { wrongPath404Readable } from './wrong-path-404-readable.ts';
import { wsSilentAfter101 } from './ws-silent-after-101.ts';
import { wsUpgrade400NoFallback } from './ws-upgrade-400-no-fallback.ts';
import { wsUpgrade400Proxy } from './ws-upgrade-400-proxy.ts';

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
  connectErrorAuth,
  invalidNamespace,
  twoServers,
  sameOrigin,
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
  sessionExpired,
];
