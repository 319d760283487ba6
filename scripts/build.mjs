/**
 * Builds dist/chromium, dist/firefox (each loadable unpacked), dist/cli.js and dist/index.js (each one file for Node), and prints
 * what it made. `--only chromium|firefox|cli|index` builds one of them and leaves the others as they are. What is in dist/ is whole at any moment: it is
 * replaced when the new one is there.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { declarationsOf } from './declarations.mjs';
import { fail, root } from './run.mjs';

const CLI_ENTRY = 'src/cli/main.ts';
const INDEX_ENTRY = 'src/cli/library.ts';
const STAGING = `.cache/build-${process.pid}`;
const TARGETS = {
  chromium: { path: 'dist/chromium', make: () => buildExtension('chromium') },
  firefox: { path: 'dist/firefox', make: () => buildExtension('firefox') },
  cli: { path: 'dist/cli.js', make: buildCli },
  index: { path: 'dist/index.js', make: buildIndex },
  types: { path: 'dist/index.d.ts', make: writeTypes },
};

process.chdir(root);
const chosen = chosenTargets();
try {
  for (const name of chosen) await TARGETS[name].make();
  if (chosen.length === Object.keys(TARGETS).length) removeStrangers();
  for (const name of chosen) putInPlace(TARGETS[name].path);
} finally {
  rmSync(STAGING, { recursive: true, force: true });
}
for (const name of chosen) printSizes(TARGETS[name].path);

function chosenTargets() {
  const at = process.argv.indexOf('--only');
  if (at < 0) return Object.keys(TARGETS);
  const name = process.argv[at + 1];
  if (!Object.hasOwn(TARGETS, name ?? '')) fail(`--only wants one of ${Object.keys(TARGETS).join(', ')}, not ${name}.`);
  return [name];
}

/** Nothing of an earlier build stays in dist/: it would be packed, or tested, for this one's. */
function removeStrangers() {
  mkdirSync('dist', { recursive: true });
  const ours = Object.values(TARGETS).map(({ path }) => path);
  for (const name of readdirSync('dist')) {
    if (!ours.includes(`dist/${name}`)) rmSync(`dist/${name}`, { recursive: true, force: true });
  }
}

function putInPlace(path) {
  mkdirSync('dist', { recursive: true });
  rmSync(path, { recursive: true, force: true });
  renameSync(join(STAGING, path), path);
}

async function buildExtension(browser) {
  const outDir = `${STAGING}/dist/${browser}`;
  await build({ configFile: 'vite.config.ts', mode: browser, logLevel: 'warn', build: { outDir } });
  // The bundler's own list of what came from where: no part of the extension.
  rmSync(`${outDir}/.vite`, { recursive: true, force: true });
}

async function buildCli() {
  await buildForNode(CLI_ENTRY, 'cli.js', shebang());
  chmodSync(`${STAGING}/dist/cli.js`, 0o755);
}

async function buildIndex() {
  await buildForNode(INDEX_ENTRY, 'index.js', '');
}

/** One file with everything in it, so that it runs where nothing was installed. */
async function buildForNode(entry, name, banner) {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      outDir: `${STAGING}/dist`,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        output: { entryFileNames: name, codeSplitting: false, banner },
      },
    },
  });
}

/** What the index offers, in types that lean on no other package. */
async function writeTypes() {
  mkdirSync(`${STAGING}/dist`, { recursive: true });
  writeFileSync(`${STAGING}/dist/index.d.ts`, declarationsOf(INDEX_ENTRY));
}

/** The bundler keeps the entry's own. */
function shebang() {
  return readFileSync(CLI_ENTRY, 'utf8').startsWith('#!') ? '' : '#!/usr/bin/env node';
}

function printSizes(path) {
  const files = statSync(path).isDirectory() ? filesOf(path) : [path];
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(`${path}  ${files.length} ${files.length === 1 ? 'file' : 'files'}, ${kilobytes(bytes)}`);
  for (const file of files) {
    if (/\.(js|css|html)$/.test(file))
      console.log(
        `  ${file}  ${kilobytes(statSync(file).size)}, ${kilobytes(gzipSync(readFileSync(file)).length)} gzipped`,
      );
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
