import { describe, expect, it } from 'vitest';
import { callSiteOf } from './call-site.ts';

const frame = (functionName: string, url: string, lineNumber = 40) => ({
  functionName,
  url,
  lineNumber,
  columnNumber: 6,
});
const site = (...callFrames: ReturnType<typeof frame>[]) => callSiteOf({ type: 'script', stack: { callFrames } });

describe('callSiteOf', () => {
  it('passes over the library, and counts lines from 1', () => {
    const library = 'http://localhost:3000/node_modules/.vite/deps/socket__io-client.js';
    expect(
      site(frame('_create', library), frame('lookup', library), frame('connect', 'http://localhost:3000/src/chat.ts')),
    ).toEqual({
      function: 'connect',
      url: 'http://localhost:3000/src/chat.ts',
      line: 41,
      column: 7,
    });
  });

  it('finds the page’s own function inside one bundle by its name', () => {
    const bundle = 'http://localhost:3000/assets/index.js';
    expect(site(frame('_create', bundle), frame('Manager.open', bundle), frame('openChat', bundle, 9))?.line).toBe(10);
  });

  it('takes a minified library for what it is', () => {
    const library = 'http://localhost:3000/client/v2.js';
    expect(
      site(frame('i', library), frame('t.open', library), frame('start', 'http://localhost:3000/page.js'))?.url,
    ).toBe('http://localhost:3000/page.js');
    expect(site(frame('i', library), frame('e', library))).toBeNull();
  });

  it('follows the asynchronous parents', () => {
    const library = 'http://localhost:3000/socket.io.js';
    const parent = { callFrames: [frame('retry', 'http://localhost:3000/app.js')] };
    expect(callSiteOf({ stack: { callFrames: [frame('_create', library)], parent } })?.function).toBe('retry');
  });

  it('says nothing where there is nothing', () => {
    expect(callSiteOf(undefined)).toBeNull();
    expect(callSiteOf({ type: 'script' })).toBeNull();
  });
});
