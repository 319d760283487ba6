// Where the programs are that the project does not bring along. Plain Node: also used before the dependencies are there.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** What a scenario of the lab may need, with the Debian packages that bring it. The environment may name another: NGINX_PATH... */
export const NEEDS = {
  nginx: {
    label: 'nginx',
    packages: ['nginx'],
    names: ['nginx'],
    places: ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx', '/usr/local/bin/nginx'],
  },
  haproxy: {
    label: 'haproxy',
    packages: ['haproxy'],
    names: ['haproxy'],
    places: ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/opt/homebrew/bin/haproxy'],
  },
  apache: {
    label: 'apache2',
    packages: ['apache2'],
    names: ['apache2', 'httpd'],
    places: ['/usr/sbin/apache2', '/usr/sbin/httpd', '/opt/homebrew/bin/httpd'],
  },
  curl: {
    label: 'curl',
    packages: ['curl'],
    names: ['curl'],
    places: ['/usr/bin/curl', '/opt/homebrew/bin/curl'],
  },
  python: {
    label: 'python-socketio',
    packages: [
      'python3-socketio',
      'python3-aiohttp',
      'python3-uvicorn',
      'python3-wsproto',
      'python3-gunicorn',
      'gunicorn',
      'python3-starlette',
    ],
    names: ['python3', 'python'],
    // The first Python on the path may be another than the one that Debian's packages are for.
    places: ['/usr/bin/python3'],
    isUsable: (path) =>
      succeeds(path, [
        '-c',
        // As a command, too, which Debian has in a package of its own.
        'import socketio, aiohttp, uvicorn, wsproto, gunicorn, starlette, shutil; assert shutil.which("gunicorn")',
      ]),
  },
  flask: {
    label: 'Flask-SocketIO',
    packages: ['python3-flask-socketio', 'python3-eventlet'],
    names: ['python3', 'python'],
    places: ['/usr/bin/python3'],
    isUsable: (path) => succeeds(path, ['-c', 'import flask_socketio, eventlet']),
  },
  redis: {
    label: 'Redis',
    packages: ['redis-server'],
    names: ['redis-server'],
    places: ['/usr/bin/redis-server', '/opt/homebrew/bin/redis-server'],
  },
  caddy: {
    label: 'caddy',
    packages: ['caddy'],
    names: ['caddy'],
    places: ['/usr/bin/caddy', '/usr/local/bin/caddy', '/opt/homebrew/bin/caddy'],
  },
};

/** Where Next.js is installed for the proofs that need it, by `npm run test:fixes` and `npm run test:full`. */
export const NEXT = fileURLToPath(new URL('../.cache/next', import.meta.url));

/** The application that is built there, whose pages all proofs of custom servers share: none of them writes there. */
export const NEXT_APPLICATION = join(NEXT, 'application');

/** A sentence, or null where it is installed and the application built. */
export function whyNextIsMissing() {
  const isThere =
    existsSync(join(NEXT, 'node_modules', 'next')) && existsSync(join(NEXT_APPLICATION, '.next', 'BUILD_ID'));
  return isThere ? null : 'Next.js is not installed: npm run test:fixes installs it';
}

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

const found = new Map();

/** Path of what a scenario needs; null when it is not installed. */
export function findNeed(need) {
  // A Python takes half a second to say what it can import.
  if (!found.get(need)) found.set(need, search(need));
  return found.get(need);
}

/** `not run: haproxy missing (apt install haproxy)`, or null where nothing is. */
export function whatIsMissing(needs = []) {
  const missing = [needs].flat().filter((need) => findNeed(need) === null);
  if (missing.length === 0) return null;
  const labels = missing.map((need) => NEEDS[need].label);
  const packages = missing.flatMap((need) => NEEDS[need].packages);
  return `not run: ${labels.join(' and ')} missing (apt install ${packages.join(' ')})`;
}

function search(need) {
  const { names, places, isUsable = () => true } = NEEDS[need];
  const named = process.env[`${need.toUpperCase()}_PATH`];
  if (named) return named;
  const candidates = [...allOnPath(names), ...places.filter(isExecutable)];
  return candidates.find(isUsable) ?? null;
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
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
  return allOnPath(names)[0] ?? places.find(isExecutable) ?? null;
}

/** Ubuntu's `firefox` is a link to, or a script around, a snap: locked into folders of its own. */
function isSnap(path) {
  const real = realpathSync(path);
  if (real.includes('/snap')) return true;
  return statSync(real).size < 10_000 && readFileSync(real, 'utf8').includes('/snap/');
}

function allOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
