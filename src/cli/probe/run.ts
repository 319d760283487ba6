/** All that a probe asks, and the capture that comes of it. */
import type { EntryRecord } from '../../model/capture-log.ts';
import type { HarHeader } from '../../model/har.ts';
import { headerValue } from '../../model/headers.ts';
import type { Diagnosis, Environment, Limit } from '../../model/report.ts';
import { HANDSHAKE_WAIT_MS } from '../../model/waits.ts';
import { readServerError } from '../../protocol/payload.ts';
import { type Browser, type Outcome, openBrowser } from './browser.ts';
import { type Attempt, askBeside, type ClientPlan, connectOnce, openPacketOf } from './client.ts';
import type { Network } from './network.ts';
import type { Target } from './target.ts';

export interface ProbePlan {
  target: Target;
  /** Origin of the page in whose place it asks; null: the server's own. */
  origin: string | null;
  credentials: boolean;
  headers: readonly HarHeader[];
  cookie: string;
  eio: 3 | 4;
  transports: ClientPlan['transports'];
  auth: string | null;
  version: string;
}

export interface ProbeCapture {
  records: readonly EntryRecord[];
  limits: Limit[];
  environment: Environment;
  page: Diagnosis['page'];
}

/** Asks a live server. Takes some seconds where it keeps silent. */
export async function runProbe(plan: ProbePlan, network: Network): Promise<ProbeCapture> {
  const { target } = plan;
  const origin = plan.origin ?? target.server;
  const browser = openBrowser(
    {
      origin,
      credentials: plan.credentials,
      headers: plan.headers,
      cookie: plan.cookie,
      userAgent: `Mozilla/5.0 (compatible; socketio-doctor/${plan.version})`,
    },
    network,
  );
  const client: ClientPlan = { ...target, eio: plan.eio, transports: plan.transports, auth: plan.auth };
  const attempt = await connectOnce(browser, client);
  // One refused session may be a server that restarts just now; two in a row are not.
  if (attempt.progress === 'lost') await connectOnce(browser, client);
  const limits = [limitOfProbe(plan), ...(await askAround(browser, client, attempt))];
  return {
    records: browser.records,
    limits,
    environment: { browser: null, os: null, capture: 'probe' },
    page: origin === 'null' ? null : { url: `${origin}/`, origin },
  };
}

function limitOfProbe({ origin, target }: ProbePlan): Limit {
  const asked =
    origin === null
      ? `No origin was given, so it asked as a page of \`${target.server}\` itself: whether pages of other origins may connect is not known. Name one with \`--origin\`.`
      : `It asked as a page of \`${origin}\` would.`;
  return {
    code: 'probe',
    text:
      `A probe asked the server, not a browser. ${asked} What only a browser has (content security policy, extensions, service ` +
      'workers, its cookies), and what happens later on a connection, it does not see.',
  };
}

/** What shows more of the server than a client asks for. Only where an Engine.IO server answered: nobody else is bothered. */
async function askAround(browser: Browser, client: ClientPlan, { handshake }: Attempt): Promise<Limit[]> {
  await askTheApp(browser, client);
  if (handshake?.kind !== 'answered') return [];
  const isEngineIo = openPacketOf(handshake, client.eio) ?? readServerError(handshake.text);
  if (!isEngineIo) return [];
  await askFromElsewhere(browser, client, handshake);
  const other = client.eio === 4 ? 3 : 4;
  return [revisionLimit(other, await askBeside(browser, client, other, browser.origin))];
}

/** The handshake was good but for CORS: does the app around Socket.IO allow the page? */
async function askTheApp(browser: Browser, { server }: ClientPlan): Promise<void> {
  const kept = browser.records.find(({ entry: { response } }) => response.status === 200 && response._error !== null);
  if (!kept || headerValue(kept.entry.response.headers, 'Access-Control-Allow-Origin') !== null) return;
  await browser.ask({ url: `${server}/`, patienceMs: HANDSHAKE_WAIT_MS, beside: { origin: browser.origin } });
}

/** An origin that no server has reason to list (https://www.rfc-editor.org/rfc/rfc6761#section-6.5). */
const STRANGER = 'https://unrelated-site.example';

/** Where this page is allowed with credentials by name: is any page? */
async function askFromElsewhere(browser: Browser, client: ClientPlan, { headers }: Outcome & { kind: 'answered' }) {
  const allowed = headerValue(headers, 'Access-Control-Allow-Origin');
  // That `null` is repeated shows by itself.
  if (
    allowed === 'null' ||
    allowed !== browser.origin ||
    headerValue(headers, 'Access-Control-Allow-Credentials') !== 'true'
  )
    return;
  await askBeside(browser, client, client.eio, STRANGER);
}

const CLIENTS = { 3: 'Socket.IO 1 and 2', 4: 'Socket.IO 3 and 4' };

function revisionLimit(eio: 3 | 4, answer: Outcome): Limit {
  const clients = `clients of ${CLIENTS[eio]} (\`EIO=${eio}\`)`;
  const verdict =
    answer.kind !== 'answered'
      ? 'got no answer that a page could read'
      : openPacketOf(answer, eio)
        ? 'may connect, too'
        : `are refused (status ${answer.status})`;
  return { code: 'probe-other-revision', text: `Asked beside: ${clients} ${verdict}.` };
}
