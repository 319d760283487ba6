import { describe, expect, it } from 'vitest';
import { parseTarget } from './target.ts';

const URL_OF = (text: string, path?: string, hasTrailingSlash?: boolean) => {
  const target = parseTarget(text, path, hasTrailingSlash);
  return target && `${target.server}${target.path} ${target.namespace}${target.query}`;
};

describe('the URL of a probe', () => {
  it.each([
    ['http://localhost:3001', 'http://localhost:3001/socket.io/ /'],
    ['https://api.example.com/', 'https://api.example.com/socket.io/ /'],
    ['wss://api.example.com', 'https://api.example.com/socket.io/ /'],
    ['WS://API.example.com:80/', 'http://api.example.com/socket.io/ /'],
    ['localhost:3001', 'http://localhost:3001/socket.io/ /'],
    ['https://api.example.com/admin', 'https://api.example.com/socket.io/ /admin'],
    ['https://api.example.com/socket.io', 'https://api.example.com/socket.io/ /'],
    ['https://api.example.com/chat/socket.io/', 'https://api.example.com/chat/socket.io/ /'],
    ['https://api.example.com/realtime/', 'https://api.example.com/realtime/ /'],
    ['https://api.example.com/ws?EIO=4&transport=polling&t=x&sid=y', 'https://api.example.com/ws /'],
    ['https://api.example.com/?token=a%20b', 'https://api.example.com/socket.io/ /&token=a+b'],
  ])('%s', (text, expected) => expect(URL_OF(text)).toBe(expected));

  it.each([
    ['/realtime', 'https://h.example/realtime/ /'],
    ['realtime/', 'https://h.example/realtime/ /'],
    ['/', 'https://h.example/ /'],
  ])('has the client’s path %s', (path, expected) => expect(URL_OF('https://h.example', path)).toBe(expected));

  it('has a namespace beside a path, unless both are the same', () => {
    expect(URL_OF('https://h.example/admin', '/rt/')).toBe('https://h.example/rt/ /admin');
    expect(URL_OF('https://h.example/rt', '/rt/')).toBe('https://h.example/rt/ /');
  });

  it('leaves the slash out for a client that does', () => {
    expect(URL_OF('https://h.example', '/api/socket', false)).toBe('https://h.example/api/socket /');
  });

  it.each(['', 'http://', 'ftp://h.example', 'nonsense://x', 'http://a b'])('refuses %j', (text) =>
    expect(parseTarget(text)).toBeNull(),
  );
});
