import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../diagnose/page.ts';
import catalogue from '../testing/rules.json' with { type: 'json' };
import { rules } from './index.ts';

const files = readdirSync(import.meta.dirname);
/** `foo.ts` or `foo.md` make a rule `foo`; a test alone does not. */
const ids = [...new Set(files.flatMap((file) => /^(?!index)([a-z0-9-]+)\.(ts|md)$/.exec(file)?.[1] ?? []))];

const SECTIONS = ['What happened', 'How to fix', 'How this differs from', 'When could this be wrong?'];

describe('the list of rules', () => {
  it.each(ids)('holds %s, with its three files', (id) => {
    expect(
      rules.map((rule) => rule.id),
      `rules/${id}.ts is not in rules/index.ts: add its line`,
    ).toContain(id);
    for (const file of [`${id}.ts`, `${id}.md`, `${id}.test.ts`]) {
      expect(files, `rules/${file} is missing: docs/adding-a-rule.md says what belongs in it`).toContain(file);
    }
  });

  it('is ordered by rung', () => {
    const rungs = rules.map(({ rung }) => rung);
    expect(rungs, 'rules/index.ts: a rule stands among those of its rung').toEqual([...rungs].sort((a, b) => a - b));
  });

  it('holds the CORS faults of a good answer in the order of what to fix first', () => {
    expect(rules.filter(({ rung }) => rung === 7).map(({ id }) => id)).toEqual([
      'cors-null-origin',
      'cors-multiple-acao',
      'cors-origin-mismatch',
      'cors-wildcard-with-credentials',
      'cors-credentials-not-allowed',
      'cors-proxy-stripped',
      'cors-origin-not-in-list',
      'cors-express-only',
      'cors-not-configured',
    ]);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('agrees with the catalogue', () => {
    const known = catalogue.rules.find((candidate) => candidate.id === id);
    expect(known, `${id} is not in testing/rules.json: rule ids are public, so add it there first`).toBeDefined();
    expect(rule).toMatchObject({ severity: known?.severity, confidence: known?.confidence, rung: known?.rung });
  });

  it('has a page of the agreed form', () => {
    const { sections } = parsePage(rule.page);
    expect(sections.map(({ heading }) => heading)).toEqual(SECTIONS);
    for (const { heading, text } of sections) expect(text, `${id}.md: "${heading}" is empty`).not.toBe('');
    const unfilled = sections
      .filter(({ heading }) => SECTIONS.indexOf(heading) > 1)
      .map(({ text }) => text)
      .join('\n');
    expect(unfilled, `${id}.md: only the title and the first two sections are filled`).not.toMatch(/\{\w+\}/);
  });

  it('names only rules that exist', () => {
    const differs =
      parsePage(rule.page).sections.find(({ heading }) => heading === 'How this differs from')?.text ?? '';
    const named = [...differs.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map((match) => match[1]);
    expect(named.length, `${id}.md: name the rules that it is taken for`).toBeGreaterThan(0);
    for (const name of named) expect(catalogue.rules.map((candidate) => candidate.id)).toContain(name);
  });
});
