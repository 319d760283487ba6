import { describe, expect, it } from 'vitest';
import { isPastCheck } from './check-order.ts';
import type { CorsErrorName, CorsOutcome } from './outcome.ts';

const outcome = (parts: Partial<CorsOutcome>): CorsOutcome => ({
  verdict: 'pass',
  error: null,
  parameter: null,
  candidates: [],
  credentials: 'unknown',
  ...parts,
});
const open = (...errors: (CorsErrorName | null)[]) =>
  outcome({ verdict: 'unknown', candidates: errors.map((error) => ({ error, parameter: null })) });

describe('isPastCheck', () => {
  it('is so of what passed all, and of what a later check refused', () => {
    expect(isPastCheck(outcome({}), 'InvalidAllowCredentials')).toBe(true);
    const refused = outcome({ verdict: 'fail', error: 'InvalidAllowCredentials' });
    expect(isPastCheck(refused, 'AllowOriginMismatch')).toBe(true);
    expect(isPastCheck(refused, 'InvalidAllowCredentials')).toBe(false);
  });

  it('is not so of what an earlier check refused', () => {
    const refused = outcome({ verdict: 'fail', error: 'PreflightMissingAllowOriginHeader' });
    expect(isPastCheck(refused, 'HeaderDisallowedByPreflightResponse')).toBe(false);
  });

  it('takes an open verdict for what all of its answers say, and none for nothing', () => {
    expect(isPastCheck(open('InvalidAllowCredentials', null), 'AllowOriginMismatch')).toBe(true);
    expect(isPastCheck(open('AllowOriginMismatch', null), 'AllowOriginMismatch')).toBe(false);
    expect(isPastCheck(open(), 'AllowOriginMismatch')).toBe(false);
  });
});
