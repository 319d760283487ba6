/** The command line alone: input that cannot be used, pipes, colours, and reports of a probe that are opened again. No browser. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { Server } from 'socket.io';
import * as v from 'valibot';
import { type Report, reportSchema } from '../src/model/report.ts';
import { openLab } from './lab/lab.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const PAGE = 'https://app.example.com';
const folder = mkdtempSync(join(tmpdir(), 'socketio-doctor-'));
const PLAIN = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HAR = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 5,
        _resourceType: 'xhr',
        request: {
          method: 'GET',
          url: 'https://api.example.com/socket.io/?EIO=4&transport=polling&t=abc',
          headers: [{ name: 'Origin', value: PAGE }],
        },
        response: { status: 200, headers: [], content: { size: 0 }, _error: 'net::ERR_FAILED' },
      },
    ],
  },
});

function cli(args: string[], { input = '', env = {} } = {}) {
  return spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', input, env: { ...PLAIN, ...env } });
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const UNUSABLE: readonly (readonly [string, () => string[], RegExp])[] = [
  ['an empty file', () => ['analyze', file('empty.har', '')], /empty\.har is empty/],
  ['a folder', () => ['analyze', folder], /cannot be read: it is a folder/],
  ['no file', () => ['analyze', join(folder, 'nope.har')], /nope\.har cannot be read: it does not exist/],
  ['bytes', () => ['analyze', file('bytes.har', Buffer.from([1, 2, 0xff, 0, 27, 91]))], /bytes\.har is not JSON/],
  ['escape codes', () => ['analyze', file('escape.har', '\u001b[31mred\n\u009b')], /escape\.har is not JSON/],
  ['no HAR', () => ['analyze', file('other.har', '{}')], /other\.har: log\.entries is missing/],
  [
    'a folder that is not there',
    () => ['analyze', file('a.har', HAR), '--out', join(folder, 'no', 'x')],
    /cannot be written/,
  ],
  ['no origin', () => ['probe', 'http://localhost:1', '--origin', 'nowhere'], /"nowhere" is not an origin/],
  ['no URL', () => ['probe', 'ftp://localhost'], /"ftp:\/\/localhost" is not the URL of a server/],
  ['a header of the browser’s', () => ['probe', 'http://localhost:1', '--header', 'Host: x'], /no page set Host/],
  ['a cookie alone', () => ['probe', 'http://localhost:1', '--header', 'Cookie: a=b'], /only with --credentials/],
  ['no header', () => ['probe', 'http://localhost:1', '--header', 'x'], /"x" is not a header/],
  ['no JSON', () => ['probe', 'http://localhost:1', '--auth', '{'], /--auth: \{ is not JSON/],
  [
    'a rule to ignore that is none',
    () => ['analyze', file('b.har', HAR), '--ignore', 'cors-not-configurd'],
    /There is no rule "cors-not-configurd"\. Did you mean cors-not-configured\?/,
  ],
  ['no rule', () => ['rules', 'cors-not-configurd'], /Did you mean cors-not-configured\?/],
];

for (const [name, args, message] of UNUSABLE) {
  test(`unusable: ${name}`, () => {
    const { status, stdout, stderr } = cli(args());
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).toMatch(/^[^\p{Cc}]+$/u);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
}

test('a file beyond what fits into a string is refused before it is read', () => {
  const path = file('huge.har', '');
  truncateSync(path, 700 * 1024 * 1024);
  const { status, stderr } = cli(['analyze', path]);
  expect(stderr).toContain('huge.har is too large: 700 MB');
  expect(status).toBe(2);
});

test('UTF-16 and a byte order mark are read, and standard input', () => {
  const little = Buffer.from(`\ufeff${HAR}`, 'utf16le');
  const contents = [little, Buffer.from(little).swap16(), Buffer.from(`\ufeff${HAR}`)];
  for (const content of contents) expect(cli(['analyze', file('marked.har', content)]).status).toBe(1);
  expect(cli(['analyze', '-'], { input: HAR }).stdout).toContain('cors-not-configured');
});

test('colours appear on demand alone', () => {
  const path = file('a.har', HAR);
  expect(cli(['analyze', path]).stdout).not.toContain('\u001b');
  expect(cli(['analyze', path], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[31m');
  expect(cli(['analyze', path], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain('\u001b');
  expect(cli(['rules', 'tls-error'], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[1m');
  expect(cli(['rules', 'tls-error']).stdout).not.toContain('\u001b');
});

test('a reader that has enough is no error', () => {
  test.skip(process.platform === 'win32', 'not run: no shell with pipes');
  const command = `"${process.execPath}" "${CLI}" rules --format json | head -c 10`;
  expect(spawnSync('sh', ['-c', command], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('every rule has a page for the terminal', () => {
  const list = cli(['rules']).stdout.trimEnd().split('\n');
  const data = v.parse(
    v.array(v.looseObject({ id: v.string() })),
    JSON.parse(cli(['rules', '--format', 'json']).stdout),
  );
  expect(list.map((line) => line.split(/\s+/)[1])).toEqual(data.map(({ id }) => id));
  const page = cli(['rules', 'sticky-session-missing']).stdout;
  expect(page).toContain('sticky-session-missing: error, certain');
  expect(page).toContain('WHEN COULD THIS BE WRONG?');
});

/** Not synchronously: the server that it asks is in this process. */
function probe(url: string, ...args: string[]): Promise<Report> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [CLI, 'probe', url, '--format', 'json', ...args],
      { maxBuffer: 1e8 },
      (_error, stdout) => {
        resolve(v.parse(reportSchema, JSON.parse(stdout)));
      },
    );
  });
}

const rulesOf = ({ findings }: Report) =>
  findings.map(({ rule, confidence, state }) => `${rule} ${confidence} ${state}`);

test('a probe warns of a server that repeats any origin, closes what it opens, and its report opens again', async () => {
  const http = createServer();
  const io = new Server(http, { cors: { origin: true, credentials: true } });
  await new Promise<void>((resolve) => void http.listen(0, 'localhost', resolve));
  try {
    const { port } = http.address() as AddressInfo;
    const report = await probe(`http://localhost:${port}`, '--origin', PAGE);
    expect(rulesOf(report)).toEqual(['cors-reflects-any-origin certain active']);
    expect(report.exchanges.length).toBeLessThan(12);
    await expect.poll(() => io.engine.clientsCount).toBe(0);
    expectToOpenAgain(report);
  } finally {
    io.close();
  }
});

test('what a probe waited for in vain is found again in its report', async () => {
  const lab = await openLab();
  try {
    for (const id of ['handshake-pending', 'connect-not-acknowledged', 'cors-not-configured']) {
      const { client } = await lab.start(id);
      const report = await probe(client.connections[0]?.url ?? '', '--origin', lab.origin);
      expect(report.summary.rootCause).toBe(id);
      expectToOpenAgain(report);
    }
  } finally {
    await lab.close();
  }
});

/** As JSON and as HTML everything, limits once each; as HAR what the entries show. */
function expectToOpenAgain(report: Report): void {
  const json = file('probe.json', JSON.stringify(report));
  const html = file('probe.html', cli(['analyze', json, '--format', 'html']).stdout);
  const har = file('probe.har', cli(['analyze', json, '--format', 'har']).stdout);
  for (const path of [json, html, har]) {
    const again = v.parse(reportSchema, JSON.parse(cli(['analyze', path, '--format', 'json']).stdout));
    expect(rulesOf(again)).toEqual(rulesOf(report));
    if (path !== har) expect(again.limits).toEqual(report.limits);
  }
}
