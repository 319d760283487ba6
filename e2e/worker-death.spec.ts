/** The browser may kill the extension's worker at any moment: it must make no difference. */
import type { Page } from 'playwright/test';
import type { Report } from '../src/model/report.ts';
import { looksLikeEngineIo } from '../src/protocol/engine-url.ts';
import { exportJson, reportWhen } from './diagnosis.ts';
import { expect, type Tab, test } from './fixtures.ts';
import { type Lab, openLab } from './lab/lab.ts';
import type { Scenario } from './lab/scenario.ts';
import { connectErrorAuth } from './lab/scenarios/connect-error-auth.ts';
import { connectionRefused } from './lab/scenarios/connection-refused.ts';
import { corsNotConfigured } from './lab/scenarios/cors-not-configured.ts';
import { corsOriginPort } from './lab/scenarios/cors-origin-port.ts';
import { corsWildcardWithCredentials } from './lab/scenarios/cors-wildcard-with-credentials.ts';
import { disconnect } from './lab/scenarios/disconnect.ts';
import { invalidNamespace } from './lab/scenarios/invalid-namespace.ts';
import { preflightBadHandshakeMethod } from './lab/scenarios/preflight-bad-handshake-method.ts';
import { versionEio3Readable } from './lab/scenarios/version-eio3-readable.ts';
import { wrongPath404 } from './lab/scenarios/wrong-path-404.ts';
import { settled } from './witness.ts';

const DEATHS = 50;

/**
 * Pages that do the same, request for request, whenever they are visited, and that end by themselves: over polling it depends on
 * the moment how packets share requests, and what is under way when a page is left, the browser forgets.
 */
const TOUR = [
  corsNotConfigured,
  overWebSocket(disconnect),
  corsWildcardWithCredentials,
  preflightBadHandshakeMethod,
  overWebSocket(connectErrorAuth),
  wrongPath404,
  connectionRefused,
  overWebSocket(invalidNamespace),
  versionEio3Readable,
  corsOriginPort,
];

function overWebSocket(scenario: Scenario): Scenario {
  return {
    ...scenario,
    async start(lab) {
      const { client, serverErrors } = await scenario.start(lab);
      const connections = client.connections.map(({ url, options }) => ({
        url,
        options: { ...options, transports: ['websocket'] },
      }));
      return { client: { ...client, connections }, serverErrors };
    },
  };
}

test(`the worker dies ${DEATHS} times while entries arrive, and nothing changes`, async ({ chromium, newTab }) => {
  test.setTimeout(240_000);
  const lab = await openLab({ scenarios: TOUR });
  const calm = await tour(lab, await newTab(), async () => {});

  const tab = await newTab();
  const workers = new Set<string>();
  const kill = async () => {
    await sleep(Math.random() * 200);
    const before = await workerOf(tab);
    await chromium.stopWorker();
    await expect.poll(() => workerOf(tab), { intervals: [20] }).not.toBe(before);
    workers.add(await workerOf(tab));
  };
  const stormy = await tour(lab, tab, async () => {
    for (let death = 0; death < DEATHS / TOUR.length; death += 1) await kill();
  });

  expect(workers.size).toBeGreaterThanOrEqual(DEATHS);
  expect(stormy.asked).toEqual(calm.asked);
  expect(stormy.report.exchanges).toHaveLength(stormy.asked.length);
  expect(timeless(stormy.report)).toEqual(timeless(calm.report));
  await lab.close();
});

/** Visits the scenarios one after the other, with `meanwhile` going on at each. */
async function tour(lab: Lab, { page, panel }: Tab, meanwhile: () => Promise<void>) {
  const asked = await watchRequests(page);
  const preserveLog = panel.frame.getByRole('checkbox', { name: 'Preserve log' });
  await preserveLog.click();
  await expect(preserveLog).toBeChecked();
  for (const { id } of lab.scenarios) {
    const storm = meanwhile();
    await page.goto(lab.url(id, 'once'));
    await settled(page);
    await storm;
    // What DevTools has not handed over when the page is left, it never will.
    await reportWhen(panel, (report) => isComplete(report, asked.length));
  }
  return { report: await exportJson(panel), asked: asked.sort() };
}

/** Whether DevTools has handed over everything: all requests, their bodies, and the answers of blocked ones, which explain them. */
function isComplete({ exchanges, limits, endpoints }: Report, asked: number): boolean {
  const isExplained = endpoints.every(({ status, rootCause }) => status !== 'failing' || rootCause !== null);
  return isExplained && exchanges.length >= asked && !limits.some(({ code }) => code === 'body-not-captured');
}

/** What the browser itself says it sent to Engine.IO: method and address without what changes from run to run. */
async function watchRequests(page: Page): Promise<string[]> {
  const asked: string[] = [];
  const session = await page.context().newCDPSession(page);
  const note = (method: string, url: string) => {
    if (looksLikeEngineIo(url)) asked.push(`${method} ${url.replace(/([?&](?:t|sid))=[^&]*/g, '$1')}`);
  };
  session.on('Network.requestWillBeSent', ({ request }) => note(request.method, request.url));
  session.on('Network.webSocketCreated', ({ url }) => note('GET', url));
  await session.send('Network.enable');
  return asked;
}

function workerOf({ panel }: Tab): Promise<string> {
  return panel.frame
    .locator('[data-worker]')
    .getAttribute('data-worker')
    .then((id) => id ?? '');
}

/** Sessions and findings without times, and without what the server makes up anew each time. */
function timeless({ summary, sessions, findings }: Report) {
  const text = JSON.stringify({ summary, sessions, findings }, (key, value: unknown) =>
    TIMES.has(key) ? undefined : value,
  );
  const plain: unknown = JSON.parse(text);
  return plain;
}

const TIMES = new Set(['startedAt', 'durationMs', 'at']);

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
