/**
 * Packs dist/chromium and dist/firefox as the stores want them: `dist/socketio-doctor-<browser>-<version>.zip`, the manifest at the
 * root. The same build gives the same bytes. What must not be shipped stops it. `npm run package` builds first.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';
import { fail, root, run } from './run.mjs';

const BROWSERS = ['chromium', 'firefox'];
/** A zip's own beginning of time is 1980, in local time: far enough from it in every zone. */
const ALWAYS = '1985-01-01T12:00:00';
/** Pages for development, sources and tests have no place in a store; nor have paths of the machine that built it. */
const UNWANTED = [/\.map$/, /\.tsx?$/, /harness/, /stories/, /(^|\/)\./, /\.test\./];
const TEXT = /\.(js|css|html|json)$/;

process.chdir(root);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const build = await run(process.execPath, ['scripts/build.mjs'], { quiet: true });
if (build.code !== 0) fail(`${build.output}\nNothing was packed: the build failed.`);
for (const browser of BROWSERS) pack(browser);

function pack(browser) {
  const folder = join('dist', browser);
  const paths = filesOf(folder);
  const problems = [...paths.flatMap((path) => problemsOf(folder, path)), ...problemsOfManifest(folder)];
  if (problems.length > 0) fail(`${folder} cannot be packed:\n${problems.join('\n')}`);
  const files = paths.map((path) => [path, [readFileSync(join(folder, path)), { mtime: ALWAYS, level: 9, os: 3 }]]);
  const name = join('dist', `socketio-doctor-${browser}-${version}.zip`);
  const zip = zipSync(Object.fromEntries(files));
  writeFileSync(name, zip);
  console.log(`${name}  ${paths.length} files, ${(zip.length / 1000).toFixed(1)} kB`);
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function problemsOf(folder, path) {
  if (UNWANTED.some((pattern) => pattern.test(path))) return [`${path} is not for users`];
  if (!TEXT.test(path)) return [];
  const text = readFileSync(join(folder, path), 'utf8');
  if (text.includes(root)) return [`${path} names a folder of this machine: ${root}`];
  return /\/\/# sourceMappingURL=/.test(text) ? [`${path} refers to a source map`] : [];
}

/** What the stores look at first. */
function problemsOfManifest(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const files = new Set(filesOf(folder));
  const named = [manifest.devtools_page, ...Object.values(manifest.icons ?? {})].map((path) => path.replace(/^\//, ''));
  return [
    ...(manifest.version === version ? [] : [`manifest.json has version ${manifest.version}, package.json ${version}`]),
    ...named.filter((path) => !files.has(path)).map((path) => `manifest.json names ${path}, which is missing`),
    ...['permissions', 'host_permissions', 'content_scripts']
      .filter((key) => (manifest[key] ?? []).length > 0)
      .map((key) => `manifest.json declares ${key}: an observer needs none`),
  ];
}
