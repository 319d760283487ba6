import { describe, expect, it } from 'vitest';
import { diagnose, reportOf } from '../testing/diagnose.ts';
import { entry, handshakeUrl, openBody, PAGE, records } from '../testing/entries.ts';
import { writeHtml } from './html/write-html.ts';
import { writeJira } from './jira/write-jira.ts';
import { writeMarkdown } from './markdown/write-markdown.ts';
import { withoutTexts } from './redact/texts.ts';
import { writeText } from './write-text.ts';

const SLASH = `${PAGE}/`;
const refused = entry({
  url: handshakeUrl(),
  body: openBody('SID0000000000000AAAA'),
  responseHeaders: { 'Access-Control-Allow-Origin': SLASH },
  error: 'net::ERR_FAILED',
});
const report = reportOf(records([refused]));
const removed = `-     origin: "${SLASH}",`;
const added = `+     origin: ["${PAGE}"],`;

describe('a fix whose other side is known', () => {
  it('is in the report with what it takes the place of', () => {
    const [fix] = report.findings[0]?.fixes ?? [];
    expect(report.summary.rootCause).toBe('cors-origin-mismatch');
    expect(fix?.before).toContain(`origin: "${SLASH}"`);
    expect(diagnose(report.har.log.entries).findings[0]?.fixes[0]?.before).toBe(fix?.before);
  });

  it('is a difference in Markdown', () => {
    const text = writeMarkdown(report);
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines.indexOf(added)).toBe(lines.indexOf(removed) + 1);
    expect(lines).toContain(removed);
    expect(text).toMatch(/```diff\n {2}import/);
  });

  it('is code to copy where nothing can be folded', () => {
    for (const text of [writeText(report), writeJira(report)]) {
      expect(text).not.toContain(removed);
      expect(text).toContain(added.replace(/^\+ */, ''));
    }
  });

  it('is marked, not only coloured, in HTML, and the code is there without signs', () => {
    const page = writeHtml(report);
    expect(page).toContain(`<del>-     origin: &quot;${SLASH}&quot;,\n</del>`);
    expect(page).toContain(`<ins>+     origin: [&quot;${PAGE}&quot;],\n</ins>`);
    expect(page).toContain(`\n    origin: [&quot;${PAGE}&quot;],\n`);
  });

  it('hides in it what the user hides', () => {
    const hidden = withoutTexts(report, ['localhost:3000']);
    const fixes = hidden.findings.flatMap((finding) => finding.fixes);
    expect(fixes.some(({ before }) => before !== undefined)).toBe(true);
    expect(JSON.stringify(fixes)).not.toContain('localhost:3000');
  });
});
