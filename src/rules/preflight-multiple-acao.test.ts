import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, preflight, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { preflightMultipleAcao } from './preflight-multiple-acao.ts';

const sending = (values: string | string[], parts: Parameters<typeof preflight>[0] = {}) =>
  preflight({
    response: { 'Access-Control-Allow-Origin': values },
    ...refusal('PreflightMultipleAllowOriginValues'),
    ...parts,
  });

describe('preflight-multiple-acao', () => {
  it('leaves one party in charge', () => {
    const hit = onlyHit(preflightMultipleAcao, endpoint([sending([PAGE, PAGE])]));
    expect(hit.page.title).toContain(`\`${PAGE}, ${PAGE}\``);
    expect(fixCode(hit, 'nginx')).toContain('proxy_hide_header Access-Control-Allow-Origin;');
  });

  it('is silent on a bad status, on a good preflight and on a request', () => {
    const request = poll({
      response: { 'Access-Control-Allow-Origin': ['*', PAGE] },
      ...refusal('MultipleAllowOriginValues'),
    });
    for (const other of [[sending(['*', PAGE], { status: 500 })], [preflight(), ...openedByPolling()], [request]]) {
      expect(hitsOf(preflightMultipleAcao, endpoint(other))).toEqual([]);
    }
  });
});
