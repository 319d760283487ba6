// Where the programs are that the project does not bring along. Plain Node: also used before the dependencies are there.
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'chromium.exe'];
const CHROMIUM_PLACES = ['/Applications/Chromium.app/Contents/MacOS/Chromium'];
const CHROME_NAMES = ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];
const CHROME_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const FIREFOX_NAMES = ['firefox-esr', 'firefox'];
const FIREFOX_PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];
const NGINX_PLACES = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx', '/usr/local/bin/nginx'];

/** Path of a Chromium: CHROMIUM_PATH, an installed one, Playwright's own, or Chrome or Edge; null when there is none. */
export function findChromium() {
  return (
    process.env.CHROMIUM_PATH ||
    installed(CHROMIUM_NAMES, CHROMIUM_PLACES) ||
    playwrightsChromium() ||
    installed(CHROME_NAMES, CHROME_PLACES)
  );
}

/** Path of Firefox: FIREFOX_PATH or an installed one; null when there is none. Snap's cannot read a profile in the temporary folder. */
export function findFirefox() {
  const path = process.env.FIREFOX_PATH || installed(FIREFOX_NAMES, FIREFOX_PLACES);
  return path && isSnap(path) ? null : path;
}

/** Path of nginx: NGINX_PATH or an installed one; null when there is none. */
export function findNginx() {
  return process.env.NGINX_PATH || installed(['nginx'], NGINX_PLACES);
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

function installed(names, places) {
  return onPath(names) ?? places.find(isExecutable) ?? null;
}

/** Ubuntu's `firefox` is a link to, or a script around, a snap: locked into folders of its own. */
function isSnap(path) {
  const real = realpathSync(path);
  if (real.includes('/snap')) return true;
  return statSync(real).size < 10_000 && readFileSync(real, 'utf8').includes('/snap/');
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
