import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPreflight, type PreflightQuestion } from './preflight-check.ts';

const ORIGIN = 'http://localhost:3000';
const QUESTION: PreflightQuestion = { origin: ORIGIN, method: 'GET', headerNames: ['authorization', 'x-a'] };

function answer(headers: Record<string, string>, status = 204) {
  const lines = {
    'Access-Control-Allow-Origin': ORIGIN,
    'Access-Control-Allow-Headers': 'authorization, X-A',
    ...headers,
  };
  return { status, headers: Object.entries(lines).map(([name, value]) => ({ name, value })) };
}

describe('checkPreflight', () => {
  it('passes when origin, method and headers are allowed', () => {
    expect(checkPreflight(QUESTION, answer({}), false)).toBeNull();
  });

  it.each([301, 302, 303, 307, 308])('refuses a %d with a Location before it looks at anything else', (status) => {
    const failure = checkPreflight(
      QUESTION,
      answer({ Location: '/', 'Access-Control-Allow-Origin': '' }, status),
      false,
    );
    expect(failure?.error).toBe('PreflightDisallowedRedirect');
  });

  it.each([
    [302, {}],
    [302, { Location: '' }],
    [300, { Location: '/' }],
    [304, {}],
    [404, {}],
    [199, {}],
  ])('calls a %d %j a bad status', (status, headers) => {
    expect(checkPreflight(QUESTION, answer(headers, status), false)?.error).toBe('PreflightInvalidStatus');
  });

  it.each([200, 201, 204, 299])('takes a %d', (status) => {
    expect(checkPreflight(QUESTION, answer({}, status), false)).toBeNull();
  });

  it('names the origin before the status', () => {
    expect(checkPreflight(QUESTION, answer({ 'Access-Control-Allow-Origin': 'http://a' }, 404), false)).toEqual({
      error: 'PreflightAllowOriginMismatch',
      parameter: 'http://a',
    });
  });

  it('checks credentials like the CORS check', () => {
    expect(checkPreflight(QUESTION, answer({ 'Access-Control-Allow-Origin': '*' }), true)?.error).toBe(
      'PreflightWildcardOriginNotAllowed',
    );
    expect(checkPreflight(QUESTION, answer({ 'Access-Control-Allow-Credentials': 'yes' }), true)).toEqual({
      error: 'PreflightInvalidAllowCredentials',
      parameter: 'yes',
    });
  });

  it('refuses lists that are no lists, even where nothing in them is needed', () => {
    const question = { ...QUESTION, headerNames: [] };
    const badMethods = answer({ 'Access-Control-Allow-Methods': 'GET; POST', 'Access-Control-Allow-Headers': '()' });
    expect(checkPreflight(question, badMethods, false)?.error).toBe('InvalidAllowMethodsPreflightResponse');
    expect(checkPreflight(question, answer({ 'Access-Control-Allow-Headers': '()' }), false)?.error).toBe(
      'InvalidAllowHeadersPreflightResponse',
    );
  });

  it.each(['GET', 'HEAD', 'POST'])('needs no leave for %s', (method) => {
    expect(checkPreflight({ ...QUESTION, method }, answer({}), true)?.error).toBe('PreflightInvalidAllowCredentials');
    expect(checkPreflight({ ...QUESTION, method }, answer({}), false)).toBeNull();
  });

  it('compares methods with case, headers without', () => {
    const methods = answer({ 'Access-Control-Allow-Methods': 'PATCH' });
    expect(checkPreflight({ ...QUESTION, method: 'PATCH' }, methods, false)).toBeNull();
    expect(checkPreflight({ ...QUESTION, method: 'patch' }, methods, false)).toEqual({
      error: 'MethodDisallowedByPreflightResponse',
      parameter: 'patch',
    });
    expect(checkPreflight(QUESTION, answer({ 'Access-Control-Allow-Headers': 'AUTHORIZATION,x-A' }), false)).toBeNull();
  });

  it('says which header is missing, lower case', () => {
    expect(checkPreflight({ ...QUESTION, headerNames: ['X-B'] }, answer({}), false)).toEqual({
      error: 'HeaderDisallowedByPreflightResponse',
      parameter: 'x-b',
    });
  });

  it('takes "*" for everything without credentials, and for a literal with them', () => {
    const wild = answer({
      'Access-Control-Allow-Methods': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Allow-Credentials': 'true',
    });
    expect(checkPreflight({ ...QUESTION, method: 'PUT' }, wild, false)).toBeNull();
    expect(checkPreflight({ ...QUESTION, method: 'PUT' }, wild, true)?.error).toBe(
      'MethodDisallowedByPreflightResponse',
    );
    expect(checkPreflight(QUESTION, wild, true)?.error).toBe('HeaderDisallowedByPreflightResponse');
  });

  it('never throws', () => {
    const text = fc.uint8Array({ maxLength: 20 }).map((bytes) => String.fromCharCode(...bytes));
    const head = fc.record({ status: fc.integer(), headers: fc.array(fc.record({ name: text, value: text })) });
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(text, { maxLength: 3 }),
        head,
        fc.boolean(),
        (origin, method, headerNames, response, includesCredentials) => {
          expect(() => checkPreflight({ origin, method, headerNames }, response, includesCredentials)).not.toThrow();
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });
});
