import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { runRules } from './run-rules.ts';
import { endpointStatus, summarize } from './status.ts';

const withHeader = () =>
  preflight({ response: { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Headers': 'x-token' } });

function statusOf(...attempts: Parameters<typeof endpoint>) {
  const seen = endpoint(...attempts);
  const { findings } = runRules(seen, rules);
  return { status: endpointStatus(seen, findings), states: findings.map(({ rule, state }) => [rule.id, state]) };
}

describe('endpointStatus', () => {
  it('does not take a remark that no longer holds for an attempt that had failed', () => {
    expect(statusOf([withHeader(), ...openedByPolling('SID1')], openedByPolling('SID2', 9000))).toEqual({
      status: 'healthy',
      states: [['extra-headers-force-preflight', 'resolved']],
    });
  });

  it('has recovered where an earlier attempt did fail', () => {
    expect(statusOf([poll(refusal('MissingAllowOriginHeader'))], openedByPolling('SID2', 9000)).status).toBe(
      'recovered',
    );
  });
});

describe('summarize', () => {
  it('does not say connected where the page aborted its only attempt', () => {
    const left = endpoint([poll({ status: 0, error: 'net::ERR_ABORTED' })]);
    const { status, headline } = summarize([{ endpoint: left, status: endpointStatus(left, []), findings: [] }]);
    expect(status).toBe('healthy');
    expect(headline).toMatch(/^No connection to/);
  });
});
