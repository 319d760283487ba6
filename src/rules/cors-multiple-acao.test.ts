import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, PAGE, poll, refusal } from '../testing/endpoint.ts';
import { fixCode, hitsOf, onlyHit } from '../testing/rule-checks.ts';
import { corsMultipleAcao } from './cors-multiple-acao.ts';

const sending = (values: string | string[], parts: Parameters<typeof poll>[0] = {}) =>
  poll({ response: { 'Access-Control-Allow-Origin': values }, ...refusal('MultipleAllowOriginValues'), ...parts });

describe('cors-multiple-acao', () => {
  it('blames two parties for two header lines', () => {
    const hit = onlyHit(corsMultipleAcao, endpoint([sending([PAGE, '*'])]));
    expect(hit.page.title).toContain(`\`${PAGE}, *\``);
    expect(hit.page.explanation).toContain('2 header lines');
    expect(hit.fixes[0]?.id).toBe('nginx');
    const nginx = fixCode(hit, 'nginx');
    expect(nginx).toContain('proxy_hide_header Access-Control-Allow-Origin;');
    expect(nginx).toContain(`add_header Access-Control-Allow-Origin "${PAGE}" always;`);
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}"]`);
  });

  it('blames one string for one line with a comma, and makes it an array', () => {
    const hit = onlyHit(corsMultipleAcao, endpoint([sending(`http://a.example, ${PAGE}`)]));
    expect(hit.fixes[0]?.id).toBe('node-v4');
    expect(fixCode(hit, 'node-v4')).toContain(`origin: ["${PAGE}", "http://a.example"]`);
  });

  it('sees the same value sent twice', () => {
    expect(onlyHit(corsMultipleAcao, endpoint([sending([PAGE, PAGE])])).confidence).toBe('certain');
  });

  it('is silent on a healthy connection, on a mismatch and on an error status', () => {
    const mismatch = poll({
      response: { 'Access-Control-Allow-Origin': 'http://a.example' },
      ...refusal('AllowOriginMismatch'),
    });
    for (const other of [openedByPolling(), [mismatch], [sending([PAGE, '*'], { status: 502 })]]) {
      expect(hitsOf(corsMultipleAcao, endpoint(other))).toEqual([]);
    }
  });
});
