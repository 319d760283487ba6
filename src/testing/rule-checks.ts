/** What must hold of every hit of every rule, checked wherever a rule's test asks for its hits. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { parseDocument } from 'yaml';
import { type FilledPage, fillPage } from '../diagnose/page.ts';
import type { Fix, Hit } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Endpoint } from '../model/session.ts';

export interface CheckedHit extends Hit {
  /** What the hit answers once the rule's defaults are filled in. */
  severity: NonNullable<Hit['severity']>;
  confidence: NonNullable<Hit['confidence']>;
  page: FilledPage;
}

/** The rule's hits on an endpoint: their page is filled, their references exist, their code parses. */
export function hitsOf(rule: Rule, endpoint: Endpoint): CheckedHit[] {
  return [...rule.check(endpoint)].map((hit) => {
    checkReferences(hit, endpoint);
    for (const fix of hit.fixes)
      for (const code of [fix.code, fix.before ?? fix.code])
        expect(syntaxError({ ...fix, code }), `${rule.id}: ${fix.title}\n${code}`).toBeNull();
    expect(new Set(hit.fixes.map(({ id }) => id)).size, 'fixes need ids of their own').toBe(hit.fixes.length);
    return {
      ...hit,
      severity: hit.severity ?? rule.severity,
      confidence: hit.confidence ?? rule.confidence,
      page: fillPage(rule.page, hit.params),
    };
  });
}

/** The one hit that is expected. */
export function onlyHit(rule: Rule, endpoint: Endpoint): CheckedHit {
  const hits = hitsOf(rule, endpoint);
  expect(hits.map(({ page }) => page.title)).toHaveLength(1);
  const [hit] = hits;
  if (!hit) throw new Error('unreachable');
  return hit;
}

/** The code of one of a hit's fixes. */
export function fixCode(hit: Hit, id: string): string {
  const fix = hit.fixes.find((candidate) => candidate.id === id);
  if (!fix) throw new Error(`no fix ${id} among ${hit.fixes.map((candidate) => candidate.id).join(', ')}`);
  return fix.code;
}

function checkReferences(hit: Hit, endpoint: Endpoint): void {
  const seen = [...endpoint.sessions.flatMap((session) => session.exchanges), ...endpoint.beside];
  const exchanges = seen.map(({ key }) => key);
  expect(endpoint.sessions.map(({ key }) => key)).toEqual(expect.arrayContaining(hit.sessions));
  expect(exchanges).toEqual(expect.arrayContaining(hit.exchanges));
  expect(exchanges).toEqual(expect.arrayContaining(hit.evidence.flatMap(({ exchange }) => exchange ?? [])));
  expect(hit.sessions.length, 'a hit names the sessions that show it').toBeGreaterThan(0);
  expect(hit.evidence.length, 'a hit proves itself').toBeGreaterThan(0);
}

/** Why a snippet does not parse; null when it does. */
export function syntaxError({ language, code }: Fix): string | null {
  if (language === 'js') return scriptError(code);
  if (language === 'ts') return scriptError(asScript(code));
  if (language === 'nginx') return nginxError(code);
  if (language === 'yaml') return yamlError(code);
  if (language === 'sh') return spawnSync('sh', ['-n'], { input: code }).stderr.toString() || null;
  return null;
}

/** V8 parses the body; the import lines, which a function may not hold, have one plain form, maybe with a comment behind it. */
function scriptError(code: string): string | null {
  const body = code
    .replace(/^import (\w+|\{ \w+(, \w+)* \}) from "[@\w.:/-]+";( \/\/ .+)?$/gm, '')
    .replace(/^export (default )?/gm, '')
    .replaceAll('import.meta.url', '"file:///server.js"');
  try {
    new Function(`return async () => {\n${body}\n};`);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** `@Decorator({...})` as the plain call that it is, and a method in a class of its own. */
function asScript(code: string): string {
  const method = /^\w+\(\w+: Server\) \{$/m;
  return method.test(code) ? `class Gateway {\n${code.replace(': Server', '')}\n}` : code.replace(/^@/gm, '');
}

function yamlError(code: string): string | null {
  const [error] = parseDocument(code).errors;
  return error ? error.message : null;
}

/** Every line is a comment, a statement, or opens or closes a block; blocks close. */
function nginxError(code: string): string | null {
  const lines = code.split('\n').map((line) => line.trim());
  const odd = lines.find((line) => line !== '' && !/^#|[;{]$|^\}$/.test(line));
  if (odd !== undefined) return `not a statement: ${odd}`;
  const depth = lines.reduce((sum, line) => sum + Number(/^[^#].*\{$/.test(line)) - Number(line === '}'), 0);
  return depth === 0 ? null : 'blocks do not close';
}
