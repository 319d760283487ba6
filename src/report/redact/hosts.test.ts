import { describe, expect, it } from 'vitest';
import type { HarEntry } from '../../model/har.ts';
import { entry } from '../../testing/entries.ts';
import { createHostNames } from './hosts.ts';

const of = (...urls: string[]) => createHostNames(urls.map((url): HarEntry => entry({ url, origin: null })));

describe('a host’s stand-in', () => {
  it.each([
    ['https://acme.com/x', 'https://host-1.example/x'],
    ['https://chat.acme.com:8443/x', 'https://sub-1.host-1.example:8443/x'],
    ['https://www.acme.com/', 'https://www.host-1.example/'],
    ['wss://chat.other.dev/', 'wss://sub-1.host-2.example2/'],
    ['https://a.acme.co.uk/', 'https://sub-2.host-3.example3/'],
    ['http://localhost:3000/', 'http://localhost:3000/'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/'],
    ['http://[::1]:3000/', 'http://[::1]:3000/'],
    ['http://shop.localhost/', 'http://sub-3.localhost/'],
    ['http://192.168.0.7:3000/', 'http://192.168.255.1:3000/'],
    ['http://8.8.4.4/', 'http://198.18.0.2/'],
    ['http://[fd12::7]/', 'http://[fd00::3]/'],
    ['http://devbox:3000/', 'http://host-4:3000/'],
    ['http://printer.local/', 'http://host-5.local/'],
  ])('%s', (url, expected) => {
    const hosts = of(
      'https://acme.com/',
      'https://chat.acme.com/',
      'https://www.acme.com/',
      'wss://chat.other.dev/',
      'https://a.acme.co.uk/',
      'http://shop.localhost/',
      'http://192.168.0.7/',
      'http://8.8.4.4/',
      'http://[fd12::7]/',
      'http://devbox/',
      'http://printer.local/',
    );
    expect(hosts.replaceIn(url)).toBe(expected);
  });

  it.each([
    ['see chat.acme.com, or mail me@acme.com', 'see sub-1.host-1.example, or mail me@host-1.example'],
    ['next=https%3A%2F%2Fchat.acme.com%2Fx', 'next=https%3A%2F%2Fsub-1.host-1.example%2Fx'],
    ['unknown.acme.com', 'sub-2.host-1.example'],
    ['foo-acme.com and acme.community', 'foo-acme.com and acme.community'],
    ['https://CHAT.acme.com', 'https://SUB-1.HOST-1.EXAMPLE'],
    ['/socket.io/?EIO=4', '/socket.io/?EIO=4'],
    ['webpack://shop/./src/a.ts', 'webpack://shop/./src/a.ts'],
  ])('in a text: %s', (text, expected) => {
    expect(of('https://chat.acme.com/', 'https://socket.io/').replaceIn(text)).toBe(expected);
  });

  it('stands in headers that hold a bare name', () => {
    const hosts = of('https://chat.acme.com/');
    expect(hosts.replaceInHeader({ name: 'Host', value: 'chat.acme.com:8443' })?.value).toBe(
      'sub-1.host-1.example:8443',
    );
    expect(hosts.replaceInHeader({ name: 'Set-Cookie', value: 'a=b; Domain=.acme.com; Path=/' })?.value).toBe(
      'a=b; Domain=.host-1.example; Path=/',
    );
    expect(hosts.replaceInHeader({ name: 'X-Forwarded-For', value: '10.1.2.3, devbox' })?.value).toMatch(
      /^10\.255\.0\.\d+, host-\d+$/,
    );
  });

  it('is left as it is in a report whose hosts were hidden before', () => {
    const hosts = of('https://sub-1.host-1.example/');
    expect(hosts.replaceIn('https://sub-1.host-1.example/')).toBe('https://sub-1.host-1.example/');
  });
});
