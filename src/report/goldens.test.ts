/**
 * The written reports of three recorded captures, whole: a change of a writer shows here as its readers will see it. After a change
 * that is meant, `npx vitest run src/report/goldens.test.ts -u` writes them anew; look at the difference before it goes in.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readHar } from '../capture/har-file.ts';
import { createEngine } from '../engine/engine.ts';
import { NO_STACKS } from '../model/sides.ts';
import { T0 } from '../testing/entries.ts';
import { writeBackendMessage } from './write-backend.ts';
import { WRITERS } from './write-report.ts';

const FOLDER = fileURLToPath(new URL('../testing/goldens', import.meta.url));
const ENVIRONMENT = { browser: 'Chromium 156', os: 'Linux', capture: 'devtools' } as const;
const NOTES = 'Seen on Monday, after the deployment.\nReloading does not help.';

/** Recorded from the lab's scenarios of these names; ports were set to 3000 and following. */
describe.each(['several-faults', 'ws-upgrade-400-proxy', 'middleware-rejected'])('%s', (id) => {
  const har: unknown = JSON.parse(readFileSync(`${FOLDER}/${id}.har`, 'utf8'));
  const read = readHar(har, id, null);
  const engine = createEngine({ environment: ENVIRONMENT, page: read.page });
  engine.add(read.records);
  const report = engine.buildReport({ redact: true, notes: NOTES, createdAtMs: T0, version: '1.0.0' });

  it.each(Object.entries(WRITERS))('as %s', async (_, { extension, write }) => {
    await expect(write(report)).toMatchFileSnapshot(`${FOLDER}/${id}/report.${extension}`);
  });

  it('as a message for the backend', async () => {
    const text = writeBackendMessage(report, { endpoint: null, stacks: NO_STACKS });
    await expect(text).toMatchFileSnapshot(`${FOLDER}/${id}/backend.txt`);
  });
});
