/** Other people's servers, as processes of their own: what their launchers share. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNeed, type Need, whatIsMissing } from '../../scripts/find.mjs';
import { accepts } from './ports.ts';
import type { LabContext } from './scenario.ts';

/** How to run one program, in the foreground, so that one signal ends it. */
export interface Command {
  args: string[];
  env?: Record<string, string>;
  /** Where it runs; without it: where the lab does. */
  cwd?: string;
  /** Whether it answers; without it: whether it accepts connections. */
  isUp?: (url: string) => Promise<boolean>;
  /** It has processes of its own, which end with it: left behind, they would keep the port. */
  hasChildren?: true;
}

/** A program that is up. */
export interface Program {
  url: string;
  port: number;
  /** Ends it before the lab does. */
  stop(): Promise<void>;
}

/** Where a program that is about to start shall listen, and keep its files. */
export interface Place {
  folder: string;
  port: number;
  /** Writes a file into the folder; resolves to its path. */
  write(name: string, text: string): Promise<string>;
}

const START_TIMEOUT = 20_000;

/**
 * Starts `need` on a free loopback port, as `command` says, with a folder of its own. Resolves once it answers; the lab ends it.
 * @throws when it is not installed, or ends or stays silent for 20 s instead of answering: with what it said.
 */
export async function startProgram(
  lab: LabContext,
  need: Need,
  command: (place: Place) => Promise<Command>,
): Promise<Program> {
  const path = findNeed(need);
  if (!path) throw new Error(whatIsMissing(need) ?? need);
  return launch(lab, { name: need, path, port: await lab.freePort() }, command);
}

/** A program by its path, and where it shall listen. */
interface Executable {
  name: string;
  path: string;
  port: number;
}

/** The same for a program of any kind. */
export async function launch(
  lab: Pick<LabContext, 'atEnd'>,
  { name, path, port }: Executable,
  command: (place: Place) => Promise<Command>,
): Promise<Program> {
  const place = await openPlace(name, port);
  const { args, env, cwd, isUp = () => accepts(place.port), hasChildren = false } = await command(place);
  const child = spawn(path, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
    cwd,
    detached: hasChildren,
  });
  const stop = async () => {
    await stopped(child, () => (hasChildren ? killGroup(child) : child.kill('SIGKILL')));
    if (hasChildren) await left(place.port);
  };
  lab.atEnd(async () => {
    await stop();
    await rm(place.folder, { recursive: true, force: true });
  });
  const url = `http://localhost:${place.port}`;
  await answers(child, name, () => isUp(url));
  return { url, port: place.port, stop };
}

/** Children, killed with their parent, end a moment later: who comes next on that port would take their answers for its own. */
async function left(port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (await accepts(port)) {
    if (Date.now() > deadline) throw new Error(`Something still listens on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function openPlace(name: string, port: number): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), `doctor-${name}-`));
  return {
    folder,
    port,
    async write(name, text) {
      const file = join(folder, name);
      await writeFile(file, text);
      return file;
    },
  };
}

const running = new Set<ChildProcess>();
// A lab that ends by itself closes its programs; one that throws, or is told to exit, would leave them behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

async function answers(child: ChildProcess, name: string, isUp: () => Promise<boolean>): Promise<void> {
  const complaints: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
  running.add(child);
  child.once('exit', () => running.delete(child));
  const deadline = Date.now() + START_TIMEOUT;
  while (!(await isUp())) {
    if (hasEnded(child) || Date.now() > deadline)
      throw new Error(`${name} did not start: ${Buffer.concat(complaints)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** What it has left behind, too. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** SIGTERM, and `kill` for a program that waits for its clients to leave first. */
function stopped(child: ChildProcess, kill: () => unknown): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    const impatience = setTimeout(kill, 1_000);
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
