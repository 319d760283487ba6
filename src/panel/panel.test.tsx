import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { App } from './components/App.tsx';
import { STORIES } from './dev/stories.ts';
import type { PanelHost } from './host.ts';
import { createImports } from './imports.ts';
import { createStore, EMPTY_MODEL } from './store.ts';

const never = () => () => {};
const DEAD_PORT = { post: () => {}, onMessage: never, onDisconnect: never, disconnect: () => {} };
const HOST: PanelHost = {
  tabId: 1,
  connect: () => DEAD_PORT,
  startImporter: () => DEAD_PORT,
  theme: () => 'light',
  onThemeChange: never,
  openResource: () => {},
  reloadPage: null,
  evaluateInPage: null,
  readChoice: async () => undefined,
  writeChoice: async () => {},
  readTracker: async () => undefined,
  writeTracker: async () => {},
};

/** The panel's first picture of a story, as markup. */
function render(story: string): string {
  const state = STORIES[story]?.();
  if (!state) throw new Error(`no story ${story}`);
  const store = createStore({ ...EMPTY_MODEL, state }, (callback) => callback());
  const imports = createImports({ startImporter: HOST.startImporter, schedule: (callback) => callback() });
  const client = createClient({ tabId: 1, connect: HOST.connect, store });
  const markup = renderToStaticMarkup(<App host={HOST} client={client} imports={imports} store={store} />);
  client.dispose();
  return markup;
}

const text = (markup: string) => markup.replace(/<[^>]*>/g, '');

describe('the panel', () => {
  it('has the diagnosis on the screen without a click', () => {
    const shown = text(render('failing'));
    expect(shown).toContain('The server at localhost:3001 allows no other origin: CORS is not configured');
    expect(shown).toContain('Your client reports: xhr poll error');
    expect(shown).toContain('chat.ts:41');
    expect(shown).toContain('Copy fix');
    expect(shown).toContain('Also seen because of this (1)');
    expect(shown).toContain('The same evidence would also fit: cors-proxy-stripped');
    expect(shown).toContain('What could not be seen');
  });

  it('names each finding by its title and its rule', () => {
    const markup = render('failing');
    const [, id] = /<article [^>]*data-rule="cors-not-configured"[^>]*aria-labelledby="([^"]+)"/.exec(markup) ?? [];
    const title = markup.slice(markup.indexOf(`id="${id}"`)).split('</h3>')[0] ?? '';
    expect(text(`<${title}`)).toBe('The server at localhost:3001 allows no other origin: CORS is not configured');
  });

  it('says which worker the state is of', () => expect(render('failing')).toContain('data-worker="w1"'));

  it('calls a resolved finding fixed', () => {
    expect(text(render('recovered'))).toContain('Fixed: The server at localhost:3001');
  });

  it('does not call fixed what may come back', () => {
    expect(text(render('not-seen'))).toContain('Not seen this time: The server at localhost:3001');
    expect(text(render('not-seen'))).not.toContain('Fixed');
  });

  it('is calm when nothing is wrong', () => {
    const markup = render('healthy');
    expect(text(markup)).toContain('Nothing to fix.');
    expect(markup).not.toContain('<article');
  });

  it('says what to do when it has seen nothing', () => {
    expect(text(render('idle'))).toContain('Reload the page, or let it connect, with DevTools open.');
    expect(text(render('recording-off'))).toContain('Recording is off. Press Record, then reload the page.');
  });

  it('marks the letters in which two origins differ', () => {
    expect(render('mismatch')).toMatch(/http:\/\/localhost:3000<\/span><mark>\/<\/mark>/);
  });

  it('shows what a fix changes, with signs as well as marks', () => {
    const markup = render('mismatch');
    const changed = (tag: string) =>
      [...markup.matchAll(new RegExp(`<${tag} class="line">(.*?)</${tag}>`, 'gs'))].map(([, line]) =>
        text(line ?? '').trimEnd(),
      );
    expect(changed('del')).toEqual(['-     origin: &#x27;http://localhost:3000/&#x27;,']);
    expect(changed('ins')).toEqual(['+     origin: [&#x27;http://localhost:3000&#x27;],']);
    expect(markup).toContain('aria-pressed="true">Difference</button>');
    expect(render('failing')).not.toContain('>Difference</button>');
  });

  it('makes nothing of what a page says but text', () => {
    const markup = render('hostile');
    expect(markup).not.toMatch(/<(script|img|iframe|a)[\s>]/);
    expect(markup).not.toMatch(/<[^>]*\s(href|src|on\w+)="/);
    for (const invisible of ['\u202e', '\u200b', '\0']) expect(markup).not.toContain(invisible);
    expect(text(markup)).toContain('&lt;img src=x onerror=');
  });
});
