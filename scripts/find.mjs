// Where the programs are that the project does not bring along. Plain Node: also used before the dependencies are there.
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

// Not Google Chrome: since version 137 it ignores --load-extension (https://developer.chrome.com/docs/extensions/mv3/getstarted/).
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'chromium.exe'];
const CHROMIUM_PLACES = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/usr/lib/chromium/chromium'];
const NGINX_PLACES = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx', '/usr/local/bin/nginx'];

/** Path of a Chromium that loads unpacked extensions: CHROMIUM_PATH, an installed one, or Playwright's own; null when there is none. */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return onPath(CHROMIUM_NAMES) ?? CHROMIUM_PLACES.find(isExecutable) ?? playwrightsChromium();
}

/** Path of nginx: NGINX_PATH or an installed one; null when there is none. */
export function findNginx() {
  return process.env.NGINX_PATH || onPath(['nginx', 'nginx.exe']) || (NGINX_PLACES.find(isExecutable) ?? null);
}

function playwrightsChromium() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright');
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null; // dependencies not installed yet, or no browser of this version
  }
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
