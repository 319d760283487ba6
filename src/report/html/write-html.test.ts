import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../model/report.ts';
import { reportOf } from '../../testing/diagnose.ts';
import { entry, handshakeUrl, healthyEntries, PAGE, records } from '../../testing/entries.ts';
import { readReport } from '../read-report.ts';
import { isHtml, jsonInHtml } from './read-html.ts';
import { STYLE, STYLE_HASH } from './style.ts';
import { writeHtml } from './write-html.ts';

const BLOCKED = entry({ url: handshakeUrl(), error: 'net::ERR_FAILED', responseHeaders: { Server: 'nginx/1.22' } });
const failing = (): Report => reportOf(records([BLOCKED]));

/** The report with `text` wherever somebody else may have written. */
function withEverywhere(text: string): Report {
  const report = failing();
  return {
    ...report,
    notes: `n${text}`,
    page: { url: text, origin: text },
    environment: { browser: text, os: text, capture: 'devtools' },
    endpoints: report.endpoints.map((endpoint) => ({ ...endpoint, url: text, pageOrigin: text })),
    sessions: report.sessions.map((session) => ({
      ...session,
      clientError: text,
      server: { name: text, version: text },
      openedAt: { function: text, url: text, line: 1, column: 2 },
      steps: session.steps.map((step) => ({ ...step, text })),
    })),
    exchanges: report.exchanges.map((exchange) => ({ ...exchange, url: text, method: text, error: `e${text}` })),
    findings: report.findings.map((finding) => ({
      ...finding,
      detail: text,
      evidence: [{ exchange: 'x1', where: text, name: text, expected: `e${text}`, actual: `a${text}` }],
      fixes: [{ id: 'a', stack: text, title: 'Fix', language: text, file: text, code: text, executed: true }],
      alternatives: [text],
    })),
    limits: [{ code: text, text }],
  };
}

/** The tags of a page with their attributes' names, outside of the data it carries. */
function skeleton(page: string): string[] {
  const visiblePart = page.slice(0, page.indexOf('<script type="application/json"'));
  return (visiblePart.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

const HOSTILE = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  "'><svg onload=alert(1)>",
  '</script></style></title><!-- ',
  ']]>&lt;b&gt;',
  '`<b>`',
];

describe('writeHtml', () => {
  it.each(HOSTILE)('lets nothing of what others wrote become markup: %s', (text) => {
    expect(skeleton(writeHtml(withEverywhere(text)))).toEqual(skeleton(writeHtml(withEverywhere('harmless'))));
  });

  it('lets no text at all become markup', () => {
    const harmless = skeleton(writeHtml(withEverywhere('harmless')));
    const text = fc.string({
      unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '`', '\\', '\n', 'a', ' ', '-', '!'),
    });
    fc.assert(
      fc.property(text, (written) => {
        expect(skeleton(writeHtml(withEverywhere(written)))).toEqual(harmless);
      }),
      { numRuns: 60 },
    );
  });

  it.each(HOSTILE)('shows Markdown of an explanation as text and code only: %s', (text) => {
    const report = failing();
    const explanation = `## What happened\n\n${text} [a](javascript:alert(1)) ![b](https://evil.example/b.png) \`${text.replaceAll('`', '')}\``;
    const findings = report.findings.map((finding) => ({ ...finding, explanation, title: text, fixes: [] }));
    const page = writeHtml({ ...report, summary: { ...report.summary, headline: text }, findings });
    const names = skeleton(page).map((tag) => tag.split(/[ >]/)[0]);
    expect(names.filter((name) => ['<script', '<img', '<iframe', '<svg'].includes(name ?? ''))).toEqual(['<svg']);
    const tags = page.slice(0, page.indexOf('<script ')).match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /href="(?!#)|src=|\son\w+=/.test(tag))).toEqual([]);
  });

  it('writes out invisible characters', () => {
    const page = writeHtml({ ...failing(), notes: 'a\u202eb\u0000c' });
    expect(page).toContain('a\\u202eb\\u0000c');
  });

  it('permits its own style sheet and nothing else', () => {
    const hash = createHash('sha256').update(STYLE).digest('base64');
    expect(STYLE_HASH, `the style sheet was changed: set STYLE_HASH to ${hash}`).toBe(hash);
    const page = writeHtml(failing());
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<style>([\s\S]*?)<\/style>/)?.[1]).toBe(STYLE);
    expect(page).not.toMatch(/ style="/);
  });

  it('marks the step that failed, and names the proxy that the answer shows', () => {
    const page = writeHtml(failing());
    expect(page).toMatch(/class="message answer is-failed"/);
    expect(page).toMatch(/class="lane-name"[^>]*>nginx</);
    expect(writeHtml(reportOf(records(healthyEntries('SID0000000000000AAAA'))))).not.toContain('is-failed"');
  });
});

describe('an HTML report', () => {
  it.each(['harmless', ...HOSTILE, '\u2028 \ud800 \u0000'])('carries its report: %s', (text) => {
    const report = withEverywhere(text);
    const page = writeHtml(report);
    expect(isHtml(page)).toBe(true);
    const carried: unknown = JSON.parse(jsonInHtml(page) ?? 'null');
    expect(carried).toEqual(JSON.parse(JSON.stringify(report)));
    expect(readReport(carried, 'report.html')).toMatchObject({ page: { url: text } });
  });

  it.each(['<!doctype html><title>other</title>', '<p id="socketio-doctor-report">{}</p>', ''])(
    'is told from another page: %s',
    (page) => expect(jsonInHtml(page)).toBeNull(),
  );

  it.each(['{"log":{}}', '\uFEFF[1]', '', PAGE])('is told from a file that is no HTML: %s', (text) => {
    expect(isHtml(text)).toBe(false);
  });
});
