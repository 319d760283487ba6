import { describe, expect, it } from 'vitest';
import { NO_STACKS, openingFix, runtimeOf, sideOf } from './sides.ts';

const nginx = { id: 'nginx', stack: 'nginx' };
const node = { id: 'node-v4', stack: 'Node.js Socket.IO v4' };
const nest = { id: 'nestjs', stack: 'NestJS' };
const haproxy = { id: 'haproxy', stack: 'HAProxy' };
const client = { id: 'browser-client', stack: 'Browser client' };

describe('sideOf', () => {
  it('tells the ends of a connection apart, and what goes around the fault from all', () => {
    expect([node, nginx, client, { ...client, workaround: true as const }].map(sideOf)).toEqual([
      'server',
      'proxy',
      'page',
      'around',
    ]);
  });

  it('says nothing of an id that a report of another version brings', () => {
    expect(sideOf({ id: 'deno' })).toBeNull();
    expect(runtimeOf('deno')).toBeNull();
  });
});

describe('openingFix', () => {
  it.each([
    ['nothing was chosen', [node, nest, nginx], NO_STACKS, node],
    ['one was chosen on the side of the first', [node, nest, nginx], { ...NO_STACKS, server: 'NestJS' }, nest],
    ['one was chosen on another side', [node, nest, nginx], { ...NO_STACKS, proxy: 'nginx' }, node],
    ['the page’s was', [nginx, haproxy, client], { ...NO_STACKS, page: 'Browser client' }, nginx],
    ['what was chosen is not offered', [node, nginx], { ...NO_STACKS, server: 'NestJS' }, node],
    [
      'the first is unknown',
      [{ id: 'deno', stack: 'Deno' }, nest],
      { ...NO_STACKS, server: 'NestJS' },
      { id: 'deno', stack: 'Deno' },
    ],
    [
      'a way around has the name',
      [node, { ...nest, workaround: true as const }],
      { ...NO_STACKS, server: 'NestJS' },
      node,
    ],
  ])('where %s', (_, fixes, chosen, expected) => expect(openingFix(fixes, chosen)).toEqual(expected));

  it('is none of none', () => expect(openingFix([], NO_STACKS)).toBeUndefined());
});
