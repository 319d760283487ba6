// The main job: `npm start`. Sets up, builds, and opens the lab in a browser with the extension (see e2e/start.ts for the options).
import { join } from 'node:path';
import { NEEDS } from './find.mjs';
import { becomeTypeScript, fail, run } from './run.mjs';
import { requireAll, setUp } from './setup.mjs';

const missing = await setUp(['browser', ...Object.keys(NEEDS)]);
const withoutBrowser = missing.find((sentence) => sentence.includes('Chromium'));
if (withoutBrowser) fail(withoutBrowser);
if (requireAll && missing.length > 0) fail('Something is missing, and CI or --require-all wants everything.');

console.log('Building...');
const build = await run(process.execPath, [join('scripts', 'build.mjs')], { quiet: true });
if (build.code !== 0) fail(`${build.output}\nThe extension could not be built: the reason is above.`);

becomeTypeScript('e2e/start.ts', process.argv.slice(2));
