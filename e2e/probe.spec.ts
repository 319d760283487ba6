/** `probe` against every server of the lab: what it finds out alone, beside what the panel finds out in a browser. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import * as v from 'valibot';
import { whatIsMissing } from '../scripts/find.mjs';
import { type Report, reportSchema } from '../src/model/report.ts';
import { type Lab, openLab } from './lab/lab.ts';
import type { ClientPlan, Scenario } from './lab/scenario.ts';
import { scenarios } from './lab/scenarios/index.ts';
import { FOUND_OTHERWISE, LATER_CONNECTION, NOT_SHOWN } from './probe-table.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const TRUSTED = fileURLToPath(new URL('lab/certificates/page.cert.pem', import.meta.url));

interface Probed {
  status: number;
  report: Report;
}

let lab: Lab;
const probed = new Map<string, Promise<Probed>>();
const isAsked = (scenario: Scenario) => NOT_SHOWN[scenario.id] === undefined && !whatIsMissing(scenario.needs);

test.beforeAll(async () => {
  test.setTimeout(240_000);
  lab = await openLab();
  const queue = scenarios.filter(isAsked);
  // Some servers take their time on purpose: several are asked at once.
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const asked = askServer(next);
      probed.set(next.id, asked);
      await asked.catch(() => {});
    }
  };
  await Promise.all([1, 2, 3, 4].map(lane));
});

test.afterAll(() => lab.close());

for (const scenario of scenarios.filter(({ id }) => NOT_SHOWN[id] === undefined)) {
  const { id, needs, expected } = scenario;
  test(`probe: ${id}`, async () => {
    const missing = whatIsMissing(needs);
    test.skip(missing !== null, missing ?? '');
    const { status, report } = await (probed.get(id) ?? Promise.reject(new Error('it was not asked')));
    const rootCause = FOUND_OTHERWISE[id] ? FOUND_OTHERWISE[id].rootCause : expected.rootCause;
    expect(report.summary.rootCause).toBe(rootCause);
    expect(status).toBe(rootCause === null ? 0 : 1);
    if (rootCause === null) expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    if (rootCause === null) expect(report.summary.status).toBe('healthy');
    expect(report.environment.capture).toBe('probe');
    expect(report.exchanges.every(({ askedByUs }) => askedByUs)).toBe(true);
  });
}

test('every exception is one of a scenario that exists', () => {
  const ids = scenarios.map(({ id }) => id);
  for (const id of [...Object.keys(NOT_SHOWN), ...Object.keys(FOUND_OTHERWISE)]) expect(ids).toContain(id);
});

async function askServer({ id, isHttps }: Scenario): Promise<Probed> {
  const { client } = await lab.start(id);
  const connection = client.connections.at(LATER_CONNECTION.includes(id) ? -1 : 0);
  if (!connection) throw new Error(`${id} has no connection`);
  const page = isHttps ? await securePage(id) : lab.origin;
  for (const url of client.fetches ?? []) await fetch(new URL(url, page));
  return run(['probe', connection.url, '--format', 'json', ...argumentsFor(client, connection.options, page)]);
}

/** The lab sends whoever asks for such a scenario's page to its https server. */
async function securePage(id: string): Promise<string> {
  const { headers } = await fetch(lab.url(id), { redirect: 'manual' });
  return new URL(headers.get('location') ?? '').origin;
}

/** The client's options, as the command line names them. */
function argumentsFor({ version, isSandboxed }: ClientPlan, options: Record<string, unknown>, page: string): string[] {
  const { path, addTrailingSlash, withCredentials, transports, auth, extraHeaders, transportOptions } = v.parse(
    optionsSchema,
    options,
  );
  const headers = { ...extraHeaders, ...transportOptions?.polling?.extraHeaders };
  return [
    ...['--origin', isSandboxed ? 'null' : page],
    ...(path === undefined ? [] : ['--path', path]),
    // A client of version 2 sends credentials unless it is told not to.
    ...((withCredentials ?? version === 2) ? ['--credentials'] : []),
    ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(auth === undefined ? [] : ['--auth', JSON.stringify(auth)]),
    ...(version === 2 ? ['--eio', '3'] : []),
    ...(transports ? ['--transports', transports[0] === 'websocket' ? 'websocket' : transports.join(',')] : []),
    ...(addTrailingSlash === false ? ['--no-trailing-slash'] : []),
  ];
}

const headersSchema = v.optional(v.record(v.string(), v.string()));
const optionsSchema = v.looseObject({
  path: v.optional(v.string()),
  addTrailingSlash: v.optional(v.boolean()),
  withCredentials: v.optional(v.boolean()),
  transports: v.optional(v.array(v.string())),
  auth: v.optional(v.unknown()),
  extraHeaders: headersSchema,
  transportOptions: v.optional(v.looseObject({ polling: v.optional(v.looseObject({ extraHeaders: headersSchema })) })),
});

/** Not synchronously: the servers that it asks are in this process. */
function run(args: string[]): Promise<Probed> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: TRUSTED };
    execFile(process.execPath, [CLI, ...args], { maxBuffer: 1e8, env }, (error, stdout, stderr) => {
      const status = error ? Number(error.code) : 0;
      const json = v.safeParse(v.pipe(v.string(), v.parseJson(), reportSchema), stdout);
      if (json.success) resolve({ status, report: json.output });
      else reject(new Error(`probe ended with ${status}: ${stderr || stdout.slice(0, 300)}`));
    });
  });
}
