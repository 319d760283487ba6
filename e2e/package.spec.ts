/** What is published, as those see it who install it: no sources, no dependencies. And the examples of docs/ci.md. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import * as v from 'valibot';
import { parse } from 'yaml';
import { findChromium } from '../scripts/find.mjs';
import { openLab } from './lab/lab.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const URL_ASKED = 'http://localhost:3001/socket.io/?EIO=4&transport=polling&t=abc';

/** A handshake whose answer lacks CORS headers, as DevTools writes it. */
const HAR = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 5,
        _resourceType: 'xhr',
        request: { method: 'GET', url: URL_ASKED, headers: [{ name: 'Origin', value: 'http://localhost:3000' }] },
        response: { status: 200, headers: [], content: { size: 0 }, _error: 'net::ERR_FAILED' },
      },
    ],
  },
});

const npm = (args: string[], cwd: string) =>
  spawnSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

test('the package works where nothing else is installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'socketio-doctor-'));
  try {
    // What npm would build first, the tests have built.
    const packed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT);
    const [{ filename, files }] = v.parse(packSchema, JSON.parse(packed.stdout));
    expect(files.map(({ path }) => path).sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/cli.js',
      'dist/index.d.ts',
      'dist/index.js',
      'package.json',
    ]);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    writeFileSync(join(folder, 'capture.har'), HAR);
    const installed = npm(['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], folder);
    expect(installed.status, installed.stderr).toBe(0);

    const analyzed = npm(['exec', '--offline', '--', 'socketio-doctor', 'analyze', 'capture.har'], folder);
    expect(analyzed.stdout).toContain('cors-not-configured');
    expect(analyzed.status).toBe(1);

    const script = `import { diagnoseHar, writeReport } from 'socketio-doctor';
      const report = diagnoseHar(${JSON.stringify(HAR)});
      console.log(\`\${report.summary.rootCause} \${writeReport(report, 'json').length > 100}\`);`;
    const imported = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(imported.stdout.trim(), imported.stderr).toBe('cors-not-configured true');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const packSchema = v.tuple([
  v.looseObject({ filename: v.string(), files: v.array(v.looseObject({ path: v.string() })) }),
]);

/** The code blocks of docs/ci.md in this language. */
function examples(language: string): string[] {
  const text = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);
}

test('the workflow in docs/ci.md is YAML, and its commands take the options it gives them', () => {
  const [workflow = ''] = examples('yaml');
  const steps = v.parse(workflowSchema, parse(workflow));
  const runs = Object.values(steps.jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []));
  const asked = runs.flatMap((run) => [...run.matchAll(/socketio-doctor (probe|analyze) (.*)/g)]);
  expect(asked.map(([, command]) => command)).toEqual(['probe', 'analyze']);
  for (const [, command = '', options = ''] of asked) {
    const known = spawnSync(process.execPath, ['dist/cli.js', command, '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).stdout;
    for (const [option] of options.matchAll(/--[\w-]+/g)) expect(known).toContain(option);
  }
});

const workflowSchema = v.looseObject({
  jobs: v.record(v.string(), v.looseObject({ steps: v.array(v.looseObject({ run: v.optional(v.string()) })) })),
});

test('the Playwright example in docs/ci.md fails a test with the diagnosis, and passes another', async () => {
  const chromium = findChromium();
  test.skip(chromium === null, 'not run: chromium missing');
  const lab = await openLab();
  // Within the project its own name leads to dist/index.js, as `exports` has it.
  const folder = join(ROOT, '.cache', 'ci-example');
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const [fixture = '', spec = ''] = examples('ts').map((code) => code.replace('@playwright/test', 'playwright/test'));
    writeFileSync(join(folder, 'socketio.ts'), fixture);
    const visits = ['cross-origin-list', 'wrong-path-404-readable'];
    for (const id of visits) {
      // The lab's page tells of its events in a table.
      const own = spec
        .replace("goto('/')", `goto('/s/${id}?once')`)
        .replace("getByText('connected')", "getByText('connect').first()");
      writeFileSync(join(folder, `${id}.spec.ts`), own);
    }
    const launch = { executablePath: chromium, args: ['--no-sandbox'] };
    const config = { testDir: '.', use: { baseURL: lab.origin, launchOptions: launch }, reporter: 'list' };
    writeFileSync(join(folder, 'playwright.config.ts'), `export default ${JSON.stringify(config)};`);
    const { code, output } = await playwright(folder);
    expect(output).toContain('FAILING: ');
    expect(output).toContain('wrong-path-404');
    expect(output).toContain('1 failed');
    expect(output).toContain('1 passed');
    expect(code).toBe(1);
  } finally {
    await lab.close();
  }
});

/** Not synchronously: the lab that it visits is in this process. */
function playwright(cwd: string): Promise<{ code: number; output: string }> {
  const program = fileURLToPath(import.meta.resolve('playwright/package.json')).replace('package.json', 'cli.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'test', '--workers=1'], { cwd }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}
