import { describe, expect, it } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import { poll, preflight } from '../testing/endpoint.ts';
import { createMateIndex } from './verdict-mates.ts';

const A = 'http://localhost:3001/socket.io/?EIO=4&transport=polling&t=a';
const B = 'http://localhost:3002/socket.io/?EIO=4&transport=polling&t=b';
const C = 'http://localhost:3003/socket.io/?EIO=4&transport=polling&t=c';

function named(key: string, exchange: Exchange, url: string, redirectUrl: string | null = null): Exchange {
  return { ...exchange, key, url, redirectUrl };
}

const first = named('first', poll(), A, B);
const question = named('question', preflight(), B);
const second = named('second', poll(), B, `${C}#fragment`);
const third = named('third', poll(), C);
const stranger = named('stranger', poll(), A.replace('t=a', 't=z'));

function indexOf(...exchanges: Exchange[]) {
  const index = createMateIndex();
  index.apply(new Map(exchanges.map((exchange) => [exchange.key, exchange])));
  return index;
}

function keys(exchanges: readonly Exchange[]): string[] {
  return exchanges.map(({ key }) => key).sort();
}

describe('createMateIndex', () => {
  it.each([[first], [question], [second], [third]])('finds the whole chain from any of its exchanges', (start) => {
    const index = indexOf(third, stranger, second, question, first);
    expect(keys(index.withMates([start]))).toEqual(['first', 'question', 'second', 'third']);
  });

  it('forgets what is gone or has changed', () => {
    const index = indexOf(first, question, second, third);
    index.apply(new Map([['first', named('first', poll(), A)]]));
    expect(keys(index.withMates([third]))).toEqual(['question', 'second', 'third']);
    index.apply(new Map([['second', null]]));
    expect(keys(index.withMates([third]))).toEqual(['third']);
  });

  it('gives back what was asked for even if it was never told of it', () => {
    expect(keys(indexOf().withMates([first]))).toEqual(['first']);
  });
});
