// Sets up what is missing: dependencies, browsers, nginx. Never uses sudo; installs system packages only as root on Debian or Ubuntu.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findFirefox, findNginx } from './find.mjs';
import { fail, root, run, runBin } from './run.mjs';

const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** Whether something that could not be run counts as a failure: in CI, and with --require-all. */
export const requireAll = isCi() || process.argv.includes('--require-all');

/**
 * Makes sure of the dependencies, and of the programs named in `want` (`browser`, `firefox`, `nginx`).
 * Resolves to one sentence for each that is not there: `not run: nginx missing (apt install nginx)`.
 */
export async function setUp(want) {
  checkNode();
  await setUpDependencies();
  const missing = [];
  if (want.includes('browser') && !(await setUpChromium()))
    missing.push('not run: Chromium missing (apt install chromium)');
  if (want.includes('firefox') && !(await setUpFirefox()))
    missing.push('not run: Firefox missing (apt install firefox-esr)');
  if (want.includes('nginx') && !(await setUpNginx())) missing.push('not run: nginx missing (apt install nginx)');
  for (const sentence of missing) console.log(sentence);
  return missing;
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
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
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

async function setUpChromium() {
  if (findChromium()) return true;
  const ways = hasBrowserPackages()
    ? [() => aptInstall('chromium'), installPlaywrightsChromium]
    : [installPlaywrightsChromium];
  for (const way of ways) {
    await way();
    if (findChromium()) return true;
  }
  return false;
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

async function setUpFirefox() {
  if (findFirefox()) return true;
  return hasBrowserPackages() && (await aptInstall('firefox-esr')) && findFirefox() !== null;
}

async function setUpNginx() {
  if (findNginx()) return true;
  return (await aptInstall('nginx')) && findNginx() !== null;
}

function canUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

async function aptInstall(name) {
  if (!canUseApt()) return false;
  console.log(`Installing ${name} with apt (about a minute)...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const allowServices = forbidServices();
  try {
    await run('apt-get', ['update'], { quiet: true, env });
    const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', name], {
      quiet: true,
      env,
    });
    if (code !== 0) console.error(`${reasonIn(output)}\n${name} could not be installed: apt says why above.`);
    return code === 0;
  } finally {
    allowServices();
  }
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
