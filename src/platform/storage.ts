/** What the user set, kept by the browser in the extension's own store. */
import browser from 'webextension-polyfill';

/** Undefined when nothing was set. */
export async function readSetting(name: string): Promise<unknown> {
  return (await browser.storage.local.get(name))[name];
}

/** Rejects when the store cannot be written. */
export async function writeSetting(name: string, value: unknown): Promise<void> {
  await browser.storage.local.set({ [name]: value });
}
