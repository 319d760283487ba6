import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll } from '../testing/endpoint.ts';
import { hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { requestOverlap } from './request-overlap.ts';
import { stickySessionMissing } from './sticky-session-missing.ts';

type Parts = Parameters<typeof poll>[0];
const SID = 'SID0000000000000AAAA';
const held = (parts: Parts = {}) => poll({ sid: SID, at: 50, durationMs: 5000, body: '2', ...parts });
const second = (parts: Parts = {}) => poll({ sid: SID, at: 90, status: 400, body: 'empty', ...parts });
const codeOne = poll({ sid: SID, at: 120, status: 400, body: '{"code":1,"message":"Session ID unknown"}' });

describe('request-overlap', () => {
  it.each<[string, Parts]>([
    ['engine.io 6', { status: 400 }],
    ['engine.io up to 5', { status: 500 }],
  ])('is likely where a second GET is answered with an error and no text: %s', (_, parts) => {
    const hit = onlyHit(requestOverlap, endpoint([...openedByPolling(SID), held(), second(parts)]));
    expect(hit).toMatchObject({ confidence: 'likely', severity: 'error' });
    expect(hit.params.method).toBe('GET');
  });

  it('sees it while the first is still under way, and between two POSTs', () => {
    const waiting = held({ status: 0, outcome: 'pending', durationMs: null });
    expect(hitsOf(requestOverlap, endpoint([...openedByPolling(SID), waiting, second()]))).toHaveLength(1);
    const posts = [held({ method: 'POST', durationMs: 100 }), second({ method: 'POST' })];
    expect(hitsOf(requestOverlap, endpoint([...openedByPolling(SID), ...posts]))).toHaveLength(1);
  });

  it('explains a code 1 right after it', () => {
    const seen = endpoint([...openedByPolling(SID), held(), second(), codeOne]);
    expect(hitsOf(requestOverlap, seen)).toHaveLength(1);
    expect(hitsOf(stickySessionMissing, seen)).toEqual([]);
  });

  it.each<[string, Parts[]]>([
    ['one request after the other', [{ durationMs: 20 }, {}]],
    ['a GET and a POST', [{}, { method: 'POST' }]],
    ['two sids', [{ sid: 'SID0000000000000BBBB' }, {}]],
    ['an error with a text', [{}, { body: '{"code":1,"message":"Session ID unknown"}' }]],
    ['an error whose text was withheld', [{}, { body: 'hidden', response: { 'Content-Type': 'application/json' } }]],
    ['another status', [{}, { status: 413 }]],
  ])('is silent on %s', (_, [first, other]) => {
    expect(hitsOf(requestOverlap, endpoint([...openedByPolling(SID), held(first), second(other)]))).toEqual([]);
  });

  it('is silent on a healthy connection', () => {
    expect(hitsOf(requestOverlap, endpoint([...openedByPolling(SID), held()]))).toEqual([]);
  });
});
