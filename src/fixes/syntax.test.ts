import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CredentialsMode } from '../cors/outcome.ts';
import type { Fix } from '../model/finding.ts';
import { sideOf } from '../model/sides.ts';
import { syntaxError } from '../testing/rule-checks.ts';
import { exchangeCookies, exemptFromLimit, exemptFromRewriting, exemptPath, sendCookies } from './access.ts';
import { allowRequestFrom, refuseWithoutError } from './allow-request.ts';
import { askFromTerminal } from './ask-directly.ts';
import { answerConnect, checkToken, renewToken } from './auth.ts';
import { forbidCaching } from './cache.ts';
import { allowInPolicy } from './content-security-policy.ts';
import type { FixContext } from './context.ts';
import { allowOrigin, dropHeaders, onlySocketIoAnswers, sendAsAuth } from './cors.ts';
import { passOnInVite, passOnInWebpack } from './dev-server.ts';
import { connectToLongRunningHost, connectToPageHost, plainWebSocket, renamePath } from './elsewhere.ts';
import { answerBeforeMiddleware, exemptOptions } from './exempt-options.ts';
import { connectOverHttp, connectOverHttps, serveOverHttps, trustDevelopmentCertificate } from './https.ts';
import { dropOwnPings, freeTheEventLoop, freeThePage, keepBackoff, reconnectByHand, shareSocket } from './lifecycle.ts';
import { startServer } from './listen.ts';
import { allowLocalNetwork } from './local-network.ts';
import { defineNamespace, pathOfNamespace, withoutNamespace } from './namespace.ts';
import { liftSandbox, serveOverHttp } from './null-origin.ts';
import { oneUpgradeHandler } from './one-upgrade-handler.ts';
import { allowOnlyListed } from './origin-list.ts';
import { askAtDefaultPath, serveAtPath } from './path.ts';
import { passOnInProxies } from './proxy.ts';
import { onlyProxyAnswers, onlyProxyAnswersPreflights } from './proxy-cors.ts';
import { acceptBody, raiseIdleTimeout } from './proxy-limits.ts';
import { acceptOrigin, forwardHost, oneWorker } from './python.ts';
import { reactHook } from './react.ts';
import { connectToTarget, keepTrailingSlash } from './redirect.ts';
import { sameOrigin } from './same-origin.ts';
import { offerBothTransports, offerWebSocket, pingMoreOften, raiseBufferSize, waitLonger } from './server-options.ts';
import { bypassWorker } from './service-worker.ts';
import { shareSession } from './session-cookie.ts';
import { closeGracefully, oneClient, recoverState } from './session-life.ts';
import { allowOriginV2, answerPreflightV2 } from './socket-server-v2.ts';
import { beSticky, crossSiteProxyCookie, crossSiteServerCookie, stickyByAddress } from './stickiness.ts';
import { pollingAlone, pollingFirst, singleTransport } from './transports.ts';
import { forwardUpgrade, proxyWebSocketInVite } from './upgrade.ts';
import {
  allowEio3,
  downgradeClient,
  downgradePython,
  upgradeClient,
  upgradeClientOfPython,
  upgradeServer,
  upgradeV2Server,
} from './version.ts';
import { installSimpleWebsocket, installUvicornStandard } from './websocket-library.ts';

/** Every builder, on values that come off the wire. */
function allFixes(context: FixContext, text: string): Fix[] {
  return [
    ...allowOrigin(context, { alsoAllow: [text], allowedHeaders: [text], asked: [text] }),
    ...answerPreflightV2(context, [text]),
    ...onlySocketIoAnswers(context, { alsoAllow: [text] }),
    ...onlyProxyAnswers(context, { allowedHeaders: [text] }),
    ...onlyProxyAnswersPreflights(context, { allowedHeaders: [text] }),
    dropHeaders(context, ['access-control-allow-origin'], [text]),
    ...allowOnlyListed(context, text),
    ...forbidCaching(context),
    ...sendAsAuth(context, [text]),
    ...exemptOptions(context),
    ...answerBeforeMiddleware(context),
    ...startServer(context),
    ...defineNamespace(context, text),
    pathOfNamespace(context, text),
    ...withoutNamespace(context, text),
    ...serveOverHttp(context),
    liftSandbox(),
    ...askAtDefaultPath(context),
    ...serveAtPath(context),
    ...connectToTarget(context, `http://localhost/${text}?EIO=4`),
    ...keepTrailingSlash(context),
    ...exemptPath(context),
    ...exemptFromRewriting(context),
    ...sendCookies(context, text),
    ...exemptFromLimit(context, false),
    ...allowInPolicy(context, [text]),
    connectToLongRunningHost(context),
    connectToPageHost(context),
    plainWebSocket(context),
    ...renamePath(context),
    connectOverHttp(context),
    connectOverHttps(context),
    ...serveOverHttps(context),
    ...serveOverHttps(context, true),
    ...trustDevelopmentCertificate(context),
    allowLocalNetwork(context),
    ...passOnInProxies(context),
    passOnInVite(context),
    passOnInWebpack(context),
    bypassWorker(context),
    ...forwardUpgrade(context),
    ...sameOrigin(context),
    ...proxyWebSocketInVite(context),
    ...offerWebSocket(context),
    ...pingMoreOften(context, text.length),
    ...raiseBufferSize(context, text.length * 1e6),
    ...raiseIdleTimeout(context, text.length),
    ...acceptBody(context, text.length * 1e6),
    shareSocket(context, text),
    reconnectByHand(context, text),
    keepBackoff(context),
    ...reactHook(context, text),
    dropOwnPings(context),
    freeTheEventLoop(),
    ...waitLonger(context, text.length, text.length),
    freeThePage(),
    ...answerConnect(context, text),
    installSimpleWebsocket(),
    installUvicornStandard(),
    askFromTerminal(context),
    ...allowEio3(context),
    upgradeClient(context),
    upgradeClientOfPython(context, text.length > 3),
    ...upgradeServer(context),
    ...upgradeV2Server(context),
    downgradeClient(context),
    downgradePython(),
    ...oneUpgradeHandler(context),
    ...acceptOrigin(context, text),
    forwardHost(context),
    oneWorker(),
    ...offerBothTransports(context),
    singleTransport(context, 'websocket'),
    pollingAlone(context),
    pollingFirst(context),
    ...allowRequestFrom(context),
    ...allowOriginV2(context, text),
    ...refuseWithoutError(context),
    ...recoverState(context, 600_000),
    ...closeGracefully(),
    oneClient(context),
    ...beSticky(context, false),
    ...beSticky(context, true),
    ...crossSiteProxyCookie(),
    ...crossSiteServerCookie(context),
    ...stickyByAddress(),
    ...exchangeCookies(context),
    ...shareSession(context, true),
    ...renewToken(context, text),
    ...checkToken(context, text, text),
  ];
}

const NASTY = [
  '"',
  "'",
  '`',
  '\\',
  '\n',
  '\r',
  '\u2028',
  '${',
  '*/',
  '//',
  '#',
  ';',
  '{',
  '}',
  '$(x)',
  '</script>',
  '/',
];
const text = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 6 }).map((parts) => parts.join('')),
);
const context: fc.Arbitrary<FixContext> = fc.record({
  server: fc.oneof(text, fc.constant('http://localhost:3001')),
  path: fc.oneof(text, fc.constantFrom('/socket.io/', '/ws/')),
  page: fc.oneof(text, fc.constantFrom(null, 'http://localhost:3000')),
  credentials: fc.constantFrom<CredentialsMode>('include', 'omit', 'unknown'),
  eio: fc.constantFrom(3, 4, null),
  isSocketFirst: fc.boolean(),
  isNext: fc.boolean(),
});

/** Languages that need no program of their own to be parsed. */
const isQuick = ({ language }: Fix) => language !== 'sh';

/** What is often said and was found wrong by running it. Sources: docs/fixes.md, "Never prescribed". */
const WRONG: Record<string, RegExp> = {
  'any origin reflected': /origin: true\b/,
  'any origin': /(origin|cors|origins|cors_allowed_origins)[:=] ?\[?["']\*["']/,
  'any origin, by a proxy': /Access-Control-Allow-Origin:? ["']?\*/,
  'the opaque origin': /origin: (\[)?["']null["']/,
  'a list of methods': /\bmethods\s*[:=]|Access-Control-Allow-Methods/,
  'an error for a refused origin': /callback\(new Error/,
  'a constant Connection header': /Connection "?upgrade"?;/i,
};

/** `transports: ["websocket", "polling"]` does not fall back by itself. */
const FALLBACK = /transports: \["websocket", "polling"\](?!, tryAllTransports: true)/;

const live = (code: string) =>
  code
    .split('\n')
    .map((line) => line.replace(/(^|\s)(\/\/|#)\s.*$/, ''))
    .join('\n');

describe('what is never prescribed', () => {
  const contexts = (['include', 'omit', 'unknown'] as const).flatMap((credentials) =>
    [3, 4, null].flatMap((eio) =>
      ['http://localhost:3000', null].map(
        (page): FixContext => ({ server: 'http://localhost:3001', path: '/socket.io/', page, credentials, eio }),
      ),
    ),
  );
  const codes = contexts.flatMap((values) => allFixes(values, 'x-token').map(({ code }) => code));

  it.each(Object.entries(WRONG))('%s', (_, pattern) => {
    for (const code of codes) expect(live(code)).not.toMatch(pattern);
  });

  it('a fallback that is none', () => {
    for (const code of codes) expect(code).not.toMatch(FALLBACK);
  });

  it('old clients without credentials and a listed origin', () => {
    const cross = codes.filter((code) => code.includes('allowEIO3') && /^\s*(cors: \{|const corsOptions)/m.test(code));
    expect(cross.length).toBeGreaterThan(0);
    for (const code of cross) expect(code).toMatch(/credentials: true/);
  });

  it('an adapter in place of stickiness', () => {
    const adapted = codes.filter((code) => /createAdapter|redis/i.test(live(code)));
    expect(adapted.length).toBeGreaterThan(0);
    for (const code of adapted) expect(live(code)).toMatch(/setupMaster\(.*setupWorker\(io\)/s);
  });
});

describe('every snippet', () => {
  it('parses, whatever the traffic holds', () => {
    fc.assert(
      fc.property(context, text, (values, word) => {
        for (const fix of allFixes(values, word).filter(isQuick)) expect(syntaxError(fix), fix.code).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('is on a side that the panel knows', () => {
    const values: FixContext = { server: 'http://a', path: '/ws/', page: 'http://b', credentials: 'include', eio: 4 };
    const all = [values, { ...values, eio: 3 }].flatMap((each) => allFixes(each, 'x'));
    const lost = all.filter((fix) => sideOf(fix) === null).map(({ id }) => id);
    expect([...new Set(lost)], 'model/sides.ts: each id stands on one side').toEqual([]);
  });

  it('lets no value run in a terminal', () => {
    const values: FixContext = {
      server: 'http://a',
      path: '/',
      page: 'http://a\nrm -rf "$HOME" $(x) `x`',
      credentials: 'omit',
      eio: 4,
    };
    const commands = allFixes(values, 'x').filter(({ language }) => language === 'sh');
    expect(commands.length).toBeGreaterThan(0);
    for (const { code } of commands) {
      const live = code.split('\n').filter((line) => !line.startsWith('#'));
      expect(live.join('\n')).not.toMatch(/rm|\$|`/);
    }
  });

  it('says for whom it is, what it does, and where it goes', () => {
    const values: FixContext = { server: 'http://a', path: '/ws/', page: 'http://b', credentials: 'include', eio: 4 };
    for (const fix of allFixes(values, 'x')) {
      for (const field of [fix.id, fix.stack, fix.title, fix.file, fix.code]) expect(field).not.toBe('');
    }
  });
});
