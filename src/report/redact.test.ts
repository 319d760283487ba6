import { describe, expect, it } from 'vitest';
import { rewriteLengthPrefixed } from './length-prefixed.ts';

describe('rewriteLengthPrefixed', () => {
  it('writes the lengths anew', () => {
    const shout = (packet: string) => packet.replaceAll('abc', 'longer');
    expect(rewriteLengthPrefixed('5:0-abc2:40', shout)).toBe('8:0-longer2:40');
  });

  it.each(['', '40', '9:short', 'http://h/5:ab', '12'])('leaves %j alone', (text) => {
    expect(rewriteLengthPrefixed(text, (packet) => packet)).toBeNull();
  });
});
