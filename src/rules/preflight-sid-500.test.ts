import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightSid500 } from './preflight-sid-500.ts';

const failed = (parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({ status: 500, sid: 'SID0000000000000AAAA', ...refusal('PreflightMissingAllowOriginHeader'), ...parts });

describe('preflight-sid-500', () => {
  it('enables CORS', () => {
    const hit = onlyHit(preflightSid500, endpoint([failed()]));
    expect(hit.confidence).toBe('likely');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('has the proxy answer first where somebody names an origin already, and lets only one do so', () => {
    const response = { 'Access-Control-Allow-Origin': PAGE };
    const hit = onlyHit(preflightSid500, endpoint([failed({ response })]));
    expect(hit.fixes[0]?.id).toBe('nginx');
    expect(fixCode(hit, 'node-v4')).toContain('two that answer give two');
    expect(onlyHit(preflightSid500, endpoint([failed()])).fixes[0]?.id).toBe('node-v4');
  });

  it('is silent on a good preflight', () => {
    expect(
      hitsOf(preflightSid500, endpoint([...openedByPolling(), preflight({ sid: 'SID0000000000000AAAA', at: 20 })])),
    ).toEqual([]);
  });

  it('is over once such a preflight is answered, not once a connection opens: this one had opened, too', () => {
    const opened = endpoint(openedByPolling()).sessions[0];
    const asked = endpoint([...openedByPolling(), preflight({ sid: 'SID0000000000000AAAA', at: 20 })]).sessions[0];
    expect([opened, asked].map((later) => later && preflightSid500.isOver?.(later))).toEqual([false, true]);
  });

  it('is silent without a sid, and on another status', () => {
    expect(hitsOf(preflightSid500, endpoint([failed({ sid: null })], [failed({ status: 502 })]))).toEqual([]);
  });
});
