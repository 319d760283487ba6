// Runs the project's TypeScript programs: shared by the scripts.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, root, run } from './run.mjs';
import { requireAll, setUp } from './setup.mjs';

/**
 * Sets up what is missing, builds the extension, and runs `file` (a path from the project's root) with this process's own
 * arguments. Ends this process with the program's exit status; 1 where it cannot be run at all.
 */
export async function runProgram(file, { needs }) {
  const missing = await setUp(needs);
  const withoutBrowser = missing.find((sentence) => sentence.includes('Chromium'));
  if (withoutBrowser) fail(withoutBrowser);
  if (requireAll && missing.length > 0) fail('Something is missing, and CI or --require-all wants everything.');

  console.log('Building...');
  const build = await run(process.execPath, [join('scripts', 'build.mjs')], { quiet: true });
  if (build.code !== 0) fail(`${build.output}\nThe extension could not be built: the reason is above.`);

  handOver(file);
}

/** Runs `file` without a build and a browser. This process only waits for it, and ends as it ends. */
export function handOver(file) {
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [tsx, join(root, file), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, and the child takes everything down: wait for it. A signal sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (code) => process.exit(code ?? 1));
}
