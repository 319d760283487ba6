// Sets up what is missing: dependencies, browsers, the servers of the lab. Never uses sudo; installs system packages only as root on Debian or Ubuntu.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
  findChromium,
  findFirefox,
  findNeed,
  NEEDS,
  NEXT,
  NEXT_APPLICATION,
  whatIsMissing,
  whyNextIsMissing,
} from './find.mjs';
import { fail, root, run, runBin } from './run.mjs';

const LOCK = 'package-lock.json';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** Whether something that could not be run counts as a failure: in CI, and with --require-all. */
export const requireAll = isCi() || process.argv.includes('--require-all');

/**
 * Makes sure of the dependencies, and of the programs named in `want`: `browser`, `firefox`, and names of `NEEDS`.
 * Resolves to one sentence for each that is not there: `not run: nginx missing (apt install nginx)`.
 */
export async function setUp(want) {
  checkNode();
  await setUpDependencies();
  const needs = want.filter((name) => name in NEEDS);
  await setUpPrograms(needs, want);
  const missing = needs.map((need) => whatIsMissing(need)).filter((sentence) => sentence !== null);
  if (want.includes('firefox') && !findFirefox()) missing.unshift('not run: Firefox missing (apt install firefox-esr)');
  if (want.includes('browser') && !findChromium()) missing.unshift('not run: Chromium missing (apt install chromium)');
  for (const sentence of missing) console.log(sentence);
  return missing;
}

/** Next.js, which is too large to be a dependency: by its own lock file, into the cache, with an application that is built once. */
export async function setUpNext() {
  const source = join(root, 'e2e', 'fixes', 'sources', 'next');
  const isInstalled = existsSync(join(NEXT, 'node_modules', 'next')) && isSame(join(source, LOCK), join(NEXT, LOCK));
  if (!isInstalled && !(await installNext(source))) return;
  const application = join(source, 'application');
  const files = readdirSync(application, { recursive: true }).filter((name) => extname(name) !== '');
  const isBuilt = files.every((name) => isSame(join(application, name), join(NEXT_APPLICATION, name)));
  if (!isInstalled || !isBuilt || whyNextIsMissing() !== null) await buildNext(application);
}

async function installNext(source) {
  console.log('Installing Next.js with npm ci (about a minute)...');
  mkdirSync(NEXT, { recursive: true });
  for (const name of ['package.json', LOCK]) cpSync(join(source, name), join(NEXT, name));
  const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund', '--prefix', NEXT], { quiet: true });
  if (code !== 0) console.log(`${reasonIn(output)}\n${whyNextIsMissing()}`);
  return code === 0;
}

async function buildNext(application) {
  console.log('Building an application of Next.js (about half a minute)...');
  rmSync(NEXT_APPLICATION, { recursive: true, force: true });
  cpSync(application, NEXT_APPLICATION, { recursive: true });
  const next = join(NEXT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const { code, output } = await run(process.execPath, [next, 'build', NEXT_APPLICATION], { quiet: true, env });
  if (code !== 0) console.log(`${reasonIn(output)}\nThe application of Next.js could not be built.`);
}

function isSame(one, other) {
  return existsSync(other) && readFileSync(one).equals(readFileSync(other));
}

function isCi() {
  const { CI } = process.env;
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
}

async function setUpDependencies() {
  if (dependenciesAreCurrent()) return;
  console.log('Installing dependencies with npm ci (about a minute)...');
  const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund'], { quiet: true });
  if (code !== 0)
    fail(
      `${reasonIn(output)}\nThe dependencies could not be installed: mend what npm says above, then run this again.`,
    );
}

function dependenciesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(join(root, 'package-lock.json')).mtimeMs <= statSync(installed).mtimeMs;
}

/** One call of apt for all that is missing. */
async function setUpPrograms(needs, want) {
  const packages = needs.filter((need) => findNeed(need) === null).flatMap((need) => NEEDS[need].packages);
  if (want.includes('browser') && !findChromium() && hasBrowserPackages()) packages.unshift('chromium');
  if (want.includes('firefox') && !findFirefox() && hasBrowserPackages()) packages.unshift('firefox-esr');
  if (packages.length > 0) await aptInstall(packages);
  if (want.includes('browser') && !findChromium()) await installPlaywrightsChromium();
}

/** Debian packages browsers; Ubuntu's packages of their names are snaps, which do not run in a container. */
function hasBrowserPackages() {
  return canUseApt() && !readFileSync('/etc/os-release', 'utf8').includes('ID=ubuntu');
}

async function installPlaywrightsChromium() {
  console.log("Installing Playwright's Chromium (about a minute)...");
  const { code, output } = await runBin(
    'playwright',
    ['install', ...(canUseApt() ? ['--with-deps'] : []), 'chromium'],
    { quiet: true },
  );
  if (code !== 0)
    console.error(`${reasonIn(output)}\nPlaywright's Chromium could not be installed: its reason is above.`);
}

function canUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** All in one call; where apt refuses that, each by itself: one that this release lacks must not keep the others away. */
async function aptInstall(packages) {
  if (!canUseApt()) return;
  console.log(`Installing ${packages.join(' ')} with apt (about a minute)...`);
  const allowServices = forbidServices();
  try {
    await aptGet(['update']);
    const isDone = await aptGetInstall(packages);
    if (!isDone && packages.length > 1) for (const name of packages) await aptGetInstall([name]);
  } finally {
    allowServices();
  }
}

async function aptGetInstall(packages) {
  const { code, output } = await aptGet(['install', '-y', '--no-install-recommends', ...packages]);
  if (code !== 0) console.error(`${reasonIn(output)}\n${packages.join(' ')}: not installed, apt says why above.`);
  return code === 0;
}

function aptGet(args) {
  return run('apt-get', args, { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

/**
 * Keeps a package from starting its daemon: the lab starts its own, on its own ports. Returns the undo.
 * Source: https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
 */
function forbidServices() {
  if (existsSync(POLICY_FILE)) return () => {};
  const undo = () => rmSync(POLICY_FILE, { force: true });
  writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  process.once('exit', undo);
  return undo;
}

/** The lines that name the error, or the last ones where none does. */
function reasonIn(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /error|E:/.test(line)).slice(0, 10);
  return (errors.length > 0 ? errors : lines.slice(-10)).join('\n');
}
