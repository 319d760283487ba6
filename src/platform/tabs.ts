/** Tabs of the browser. None of this needs a permission. */
import browser from 'webextension-polyfill';

/** Opens a tab. Background worker only: a panel of Firefox has no such thing. */
export function openTab(url: string): void {
  void browser.tabs.create({ url });
}
