// Running other programs: shared by the scripts.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Output that is kept back goes to a log, which has no colours. */
const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Runs a program to its end, in the project's root. `quiet` keeps its output back (it is in the result); otherwise it is shown as it comes.
 * Resolves to its exit code and output; a program that cannot be started has code 127.
 */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...(quiet ? plain : {}), ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${error.message}\n` }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 130 : 1), output: Buffer.concat(output).toString() }),
    );
  });
}

/** Runs a program that a dependency brings (`node_modules/.bin`). */
export function runBin(name, args, options) {
  const file = process.platform === 'win32' ? `${name}.cmd` : name;
  return run(join(root, 'node_modules', '.bin', file), args, options);
}

/** Says one sentence on standard error and ends with status 1. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
