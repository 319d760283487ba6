import { describe, expect, it } from 'vitest';
import type { FixContext } from './context.ts';
import { allowPage } from './cors.ts';
import { shapeOf } from './shape.ts';
import { forwardUpgrade } from './upgrade.ts';

const context: FixContext = {
  server: 'http://localhost:3001',
  path: '/socket.io/',
  page: 'http://localhost:3000',
  credentials: 'include',
  eio: 4,
};
const elsewhere: FixContext = { ...context, server: 'http://api.example.com', page: 'https://app.example.com:8443' };

const shapes = (fixes: readonly Parameters<typeof shapeOf>[0][]) => fixes.map(shapeOf);

describe('the shape of a fix', () => {
  it('is the same whoever asks', () => {
    expect(shapes(allowPage(elsewhere))).toEqual(shapes(allowPage(context)));
    expect(shapes(allowPage(context, { alsoAllow: ['https://admin.example.com'] }))).toEqual(
      shapes(allowPage(context)),
    );
  });

  it.each([
    ['a path of its own', { path: '/live/' }],
    ['a client of another generation', { eio: 3 }],
  ])('is another with %s, which adds an option', (_, change) => {
    const [first] = allowPage({ ...context, ...change });
    const [usual] = allowPage(context);
    expect(first && shapeOf(first)).not.toBe(usual && shapeOf(usual));
  });

  it('is not changed by a path where there is one anyway', () => {
    const [nginx] = forwardUpgrade(context);
    const [other] = forwardUpgrade({ ...context, path: '/live/', server: 'http://localhost:8080' });
    expect(nginx && shapeOf(nginx)).toBe(other && shapeOf(other));
  });

  it('keeps the words of the fix', () => {
    const shape = (code: string) => shapeOf({ language: 'js', code });
    expect(shape('io({ transports: ["websocket"] });')).not.toBe(shape('io({ transports: ["polling"] });'));
    expect(shape('io("http://a.example:1"); // here')).toBe(shape('io("https://b.example"); // or there'));
  });
});
