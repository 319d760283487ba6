/// <reference types="chrome" />
/**
 * DevTools around the extension's devtools page and panel. What differs between the browsers is settled here. Where only one
 * of them has a thing, `chrome.*` is asked: the polyfill knows what they share.
 */
import browser from 'webextension-polyfill';

export type Theme = 'light' | 'dark';

/** The tab that these DevTools inspect. Firefox says it nowhere else: `sender.tab` is absent there. */
export function inspectedTabId(): number {
  return browser.devtools.inspectedWindow.tabId;
}

export interface CreatedPanel {
  onShown(listener: () => void): () => void;
  onHidden(listener: () => void): () => void;
}

/** Adds a tab to DevTools. `icon` and `page` start with a slash: Firefox takes them relative to the devtools page otherwise. */
export async function createPanel(title: string, icon: string, page: string): Promise<CreatedPanel> {
  const panel = await browser.devtools.panels.create(title, icon, page);
  return {
    onShown: (listener) => listen(panel.onShown, () => listener()),
    onHidden: (listener) => listen(panel.onHidden, () => listener()),
  };
}

interface BrowserEvent<Listener> {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}

function listen<Listener>(event: BrowserEvent<Listener>, listener: Listener): () => void {
  event.addListener(listener);
  return () => event.removeListener(listener);
}

/** DevTools' theme; Chromium calls the light one `default`. */
export function themeName(): Theme {
  return browser.devtools.panels.themeName === 'dark' ? 'dark' : 'light';
}

/** Firefox's way to tell a change of theme; Chromium has `setThemeChangeHandler`. */
interface FirefoxPanels {
  onThemeChanged?: BrowserEvent<(name: string) => void>;
}

/** The listener hears each change of the theme; the answer ends that. In Chromium there is room for one listener a page. */
export function onThemeChanged(listener: (theme: Theme) => void): () => void {
  const panels: typeof chrome.devtools.panels & FirefoxPanels = chrome.devtools.panels;
  const hear = (name: string) => listener(name === 'dark' ? 'dark' : 'light');
  if (panels.onThemeChanged) return listen(panels.onThemeChanged, hear);
  panels.setThemeChangeHandler?.(hear);
  return () => panels.setThemeChangeHandler?.();
}

/** Shows a source in DevTools; `line` is 1-based. Null in Firefox, which has no such thing. */
export const openResource: ((url: string, line: number) => void) | null = canOpenResource()
  ? (url, line) => chrome.devtools.panels.openResource(url, line - 1, () => undefined)
  : null;

/** Also false outside DevTools (a test that imports this file, the panel opened as a page). */
function canOpenResource(): boolean {
  return typeof globalThis.chrome?.devtools?.panels?.openResource === 'function';
}

/** Reloads the inspected page. */
export function reloadPage(): void {
  void browser.devtools.inspectedWindow.reload({});
}

/**
 * Evaluates an expression in the inspected page's top frame. The value comes as JSON; undefined when the page cannot be
 * asked (an error page, a page of the browser's own, the moment of a navigation) or the expression threw.
 */
export function evaluateInPage(expression: string): Promise<unknown> {
  return new Promise((resolve) => {
    chrome.devtools.inspectedWindow.eval<unknown>(expression, (...[value]) => resolve(value));
  });
}
