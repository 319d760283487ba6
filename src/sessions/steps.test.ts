import { describe, expect, it } from 'vitest';
import { endpoint, openedByPolling, poll, refusal } from '../testing/endpoint.ts';
import { openBody } from '../testing/entries.ts';

const SID = 'SID0000000000000AAAA';
const body = openBody(SID);
const handshakeOf = (...attempt: ReturnType<typeof poll>[]) =>
  endpoint(attempt).sessions[0]?.steps.find(({ kind }) => kind === 'handshake');

describe('the step of a handshake', () => {
  it('does not call failed what nobody could judge', () => {
    const step = handshakeOf(poll({ body, cors: { verdict: 'unknown' } }));
    expect(step?.outcome).toBe('hidden');
    expect(step?.text).toContain('whether the page could read the answer cannot be told');
  });

  it('is fine where the sid was used afterwards', () => {
    expect(handshakeOf(...openedByPolling(SID))?.outcome).toBe('ok');
  });

  it('failed where the browser withheld the answer', () => {
    const step = handshakeOf(poll({ body, ...refusal('MissingAllowOriginHeader') }));
    expect(step?.outcome).toBe('failed');
    expect(step?.text).toContain('withheld');
  });

  it('failed where the answer is no handshake', () => {
    expect(handshakeOf(poll({ body: '<html></html>' }))?.outcome).toBe('failed');
  });
});
