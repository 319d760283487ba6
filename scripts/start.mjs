// The main job: `npm start`. Sets up, builds, and opens the lab in a browser with the extension (see e2e/start.ts for the options).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NEEDS } from './find.mjs';
import { fail, root, run } from './run.mjs';
import { requireAll, setUp } from './setup.mjs';

const missing = await setUp(['browser', ...Object.keys(NEEDS)]);
const withoutBrowser = missing.find((sentence) => sentence.includes('Chromium'));
if (withoutBrowser) fail(withoutBrowser);
if (requireAll && missing.length > 0) fail('Something is missing, and CI or --require-all wants everything.');

console.log('Building...');
const build = await run(process.execPath, [join('scripts', 'build.mjs')], { quiet: true });
if (build.code !== 0) fail(`${build.output}\nThe extension could not be built: the reason is above.`);

const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const child = spawn(process.execPath, [tsx, join(root, 'e2e', 'start.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself, and the child takes everything down: wait for it. A signal sent to this process alone is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => process.exit(code ?? 1));
