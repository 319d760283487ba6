import { describe, expect, it } from 'vitest';
import { hasClientLog, withClientLog, withoutClientLog } from './client-log.ts';

describe('the client’s log', () => {
  it('is turned on beside what else is logged, and off again', () => {
    for (const value of ['', 'app:*', 'app:* express', 'socket.io-client*']) {
      const on = withClientLog(value);
      expect(hasClientLog(on)).toBe(true);
      expect(withClientLog(on)).toBe(on);
      expect(hasClientLog(withoutClientLog(on))).toBe(false);
    }
    expect(withoutClientLog(withClientLog('app:*, express'))).toBe('app:*,express');
    expect(hasClientLog('app:*')).toBe(false);
  });
});
