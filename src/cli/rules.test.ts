import { describe, expect, it } from 'vitest';
import { ruleNamed } from './rules.ts';

describe('ruleNamed', () => {
  it('knows the rules', () => expect(ruleNamed('polling-redirect').rung).toBe(2));

  it('names the nearest where there is none', () => {
    expect(() => ruleNamed('cors-not-configurd')).toThrow(
      'There is no rule "cors-not-configurd". Did you mean cors-not-configured?',
    );
  });
});
