import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearMiss } from './near-miss.ts';

describe('nearMiss', () => {
  it.each([
    ['http://localhost:3000', 'http://localhost:3000/', 'trailing-slash'],
    ['http://localhost:3000', 'https://localhost:3000', 'scheme'],
    ['https://shop.test', 'http://shop.test', 'scheme'],
    ['https://shop.test', 'http://shop.test/', 'scheme'],
    ['http://localhost:3000', 'http://localhost:5173', 'port'],
    ['http://localhost:3000', 'http://localhost', 'port'],
    ['http://shop.test', 'http://shop.test:80', 'port'],
    ['https://shop.test', 'https://shop.test:443', 'port'],
    ['http://localhost:3000', 'HTTP://LOCALHOST:5173', 'port'],
    ['http://localhost:3000', 'http://127.0.0.1:3000', 'loopback-alias'],
    ['http://127.0.0.1:3000', 'http://[::1]:3000', 'loopback-alias'],
    ['https://shop.test', 'https://www.shop.test', 'www'],
    ['https://www.shop.test', 'https://shop.test/', 'www'],
    ['http://localhost:3000', 'http://LocalHost:3000', 'case'],
    ['http://localhost:3000', 'HTTP://localhost:3000/', 'case'],
    ['http://localhost:3000', 'localhost:3000', 'missing-scheme'],
    ['https://shop.test', 'shop.test', 'missing-scheme'],
    ['https://shop.test', '//shop.test/', 'missing-scheme'],
    ['https://shop.test', 'Shop.Test', 'missing-scheme'],
    ['http://localhost:3000', 'http://localhost:3000/app', 'has-path'],
    ['http://localhost:3000', 'https://shop.test', 'other'],
    ['http://localhost:3000', 'http://127.0.0.1:5173', 'other'],
    ['https://shop.test', 'https://*.shop.test', 'other'],
    ['https://a.shop.test', 'https://b.shop.test', 'other'],
    ['https://shop.test', '"https://shop.test"', 'other'],
    ['null', 'http://localhost:3000', 'other'],
    ['http://localhost:3000', 'null', 'other'],
    ['http://localhost:3000', '', 'other'],
  ])('%s against %s: %s', (origin, allowed, expected) => {
    expect(nearMiss(origin, allowed)).toBe(expected);
  });

  it('never throws', () => {
    const text = fc.uint8Array({ maxLength: 20 }).map((bytes) => String.fromCharCode(...bytes));
    fc.assert(
      fc.property(text, text, (origin, allowed) => {
        expect(() => nearMiss(origin, allowed)).not.toThrow();
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
