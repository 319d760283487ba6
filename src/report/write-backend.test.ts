import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../model/har.ts';
import type { Report } from '../model/report.ts';
import { NO_STACKS } from '../model/sides.ts';
import { reportOf } from '../testing/diagnose.ts';
import { entry, healthyEntries, openBody, PAGE, records, SERVER, sidUrl, socketEntry } from '../testing/entries.ts';
import { writeBackendMessage } from './write-backend.ts';

const messageOf = (...entries: HarEntry[]) =>
  writeBackendMessage(reportOf(records(entries), true), { endpoint: null, stacks: NO_STACKS });

/** The words that a shell makes of a command: a shell itself tells, with something harmless in the program's place. */
function words(message: string | null): string[] {
  const command = /^Check: (.*)$/m.exec(message ?? '')?.[1] ?? '';
  const { stdout } = spawnSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' });
  return stdout.trimEnd().split('\n');
}

const SID = 'lv_VI97HAXpY6yYWAAAB';
const refused = { error: 'net::ERR_FAILED', url: `${SERVER}/socket.io/?EIO=4&transport=polling&t=x1` };

describe('writeBackendMessage', () => {
  it('is five lines: what, where, why, a command, and what it then says', () => {
    const lines = messageOf(entry(refused))?.trimEnd().split('\n') ?? [];
    expect(lines.map((line) => /^[A-Z][a-z ]+(?=: )/.exec(line)?.[0])).toEqual([
      'What to change',
      'Where',
      'Why',
      'Check',
      'Right when',
    ]);
    expect(lines[2]).toContain(`no Access-Control-Allow-Origin, needed ${PAGE}`);
    expect(lines[4]).toContain(`"Access-Control-Allow-Origin: ${PAGE}"`);
  });

  it('asks as the browser did, without sid and cache buster', () => {
    expect(words(messageOf(entry(refused)))).toEqual([
      '-sig',
      '--max-time',
      '10',
      '-H',
      `Origin: ${PAGE}`,
      `${SERVER}/socket.io/?EIO=4&transport=polling`,
    ]);
  });

  it('asks a preflight with what the browser asked for', () => {
    const preflight = entry({
      ...refused,
      method: 'OPTIONS',
      type: 'preflight',
      status: 204,
      error: null,
      requestHeaders: { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' },
    });
    const message = messageOf(preflight, entry({ ...refused, status: 0, requestHeaders: { 'x-token': 'abc' } }));
    expect(words(message)).toEqual(
      expect.arrayContaining([
        'OPTIONS',
        'Access-Control-Request-Method: GET',
        'Access-Control-Request-Headers: x-token',
      ]),
    );
    expect(message).toContain('Access-Control-Allow-Headers with x-token');
  });

  it('asks for an upgrade over http', () => {
    const socket = socketEntry({
      status: 0,
      messages: [
        { type: 'error', opcode: -1, time: 1, data: 'Error during WebSocket handshake: Unexpected response code: 400' },
      ],
    });
    const asked = words(messageOf(socket));
    expect(asked).toEqual(expect.arrayContaining(['--http1.1', 'Upgrade: websocket', 'Connection: Upgrade']));
    expect(asked.at(-1)).toBe(`${SERVER}/socket.io/?EIO=4&transport=websocket`);
  });

  it('opens a session of its own where a sid was not known', () => {
    const body = '{"code":1,"message":"Session ID unknown"}';
    const message = messageOf(entry({ body: openBody(SID) }), entry({ at: 9, url: sidUrl(SID), status: 400, body }));
    expect(message).toMatch(/^Check: sid=\$\(curl .*; for n in 1 2 3 4; do curl .*&sid=""\$sid"; done$/m);
    expect(message).not.toContain(SID);
  });

  it('lets nothing in an address end its quotes, or its line', () => {
    const url = `${SERVER}/socket.io/?EIO=4&transport=polling&room='; touch /tmp/x; echo '$(id)\`id\``;
    // What is odd in an address is hidden with the secrets: here nothing is.
    const report = reportOf(records([entry({ ...refused, url })]), false);
    const asked = words(writeBackendMessage(report, { endpoint: null, stacks: NO_STACKS }));
    expect(asked.at(-1)).toBe(url.replaceAll('\n', ' '));
  });

  it('names no way around as what to change, even where its stack was looked at last', () => {
    const report = reportOf(records([entry(refused)]), true);
    const around = report.findings.flatMap(({ fixes }) => fixes).find(({ workaround }) => workaround);
    expect(around).toBeDefined();
    const stacks = { ...NO_STACKS, around: around?.stack ?? null };
    expect(writeBackendMessage(report, { endpoint: null, stacks })).toBe(messageOf(entry(refused)));
  });

  describe('the fix that it names', () => {
    const report = reportOf(records([entry(refused)]), true);
    const fixOf = (fixes: { id: string; stack: string; workaround?: true }[], stacks = NO_STACKS) => {
      const [finding] = report.findings;
      if (!finding) throw new Error('no finding');
      const given = fixes.map((fix) => ({
        title: fix.stack,
        language: 'js',
        file: 'x',
        code: '',
        executed: false,
        ...fix,
      }));
      const about: Report = { ...report, findings: [{ ...finding, fixes: given }] };
      return /^What to change: (.*)$/m.exec(writeBackendMessage(about, { endpoint: null, stacks }) ?? '')?.[1];
    };
    const page = { id: 'browser-client', stack: 'Browser client' };
    const nest = { id: 'nestjs', stack: 'NestJS' };
    const node = { id: 'node-v4', stack: 'Node.js Socket.IO v4' };
    const nginx = { id: 'nginx', stack: 'nginx' };

    it('is one that the backend can take', () => {
      expect(fixOf([page, node, nginx])).toBe('Node.js Socket.IO v4');
      expect(fixOf([page, { ...nginx, workaround: true }, nest])).toBe('NestJS');
      expect(fixOf([page])).toBe('Browser client');
    });

    it('is that of the stack which was chosen on its side', () => {
      const stacks = { ...NO_STACKS, server: 'NestJS', proxy: 'nginx', page: 'Browser client' };
      expect(fixOf([node, nest, nginx, page], stacks)).toBe('NestJS');
    });
  });

  it('asks a preflight of a follow-up within a session of its own', () => {
    const within = entry({
      url: sidUrl(SID),
      method: 'OPTIONS',
      type: 'preflight',
      status: 500,
      at: 9,
      requestHeaders: { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-token' },
    });
    const message = messageOf(
      entry({ body: openBody(SID) }),
      within,
      entry({ ...refused, url: sidUrl(SID), at: 10, status: 0 }),
    );
    expect(message).toMatch(/^Check: sid=\$\(curl .*\); curl .* -X OPTIONS .*&sid=""\$sid"$/m);
    expect(message).not.toContain(SID);
  });

  it('is none where nothing is to be changed', () => {
    expect(messageOf(...healthyEntries(SID))).toBeNull();
  });
});
