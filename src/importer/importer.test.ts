import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type ImporterToPanel, importerToPanel, type PanelToImporter } from '../messaging/import-contract.ts';
import { portPair, typedPort } from '../messaging/port.ts';
import { reportSchema } from '../model/report.ts';
import { entry, healthyEntries, PAGE } from '../testing/entries.ts';
import { serveImport } from './importer.ts';

const har = (entries: unknown[], more: object = {}) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, ...more, entries } });
const FAILING = har([entry({ error: 'net::ERR_FAILED' })]);

/** A panel that asks one thing after the other. */
function start() {
  const [panelEnd, workerEnd] = portPair();
  serveImport(workerEnd, '1.2.3');
  const answers: ImporterToPanel[] = [];
  const port = typedPort<typeof importerToPanel, PanelToImporter>(panelEnd, importerToPanel, (problem) => {
    throw new Error(problem);
  });
  port.onMessage((message) => answers.push(message));
  return async (message: PanelToImporter): Promise<ImporterToPanel> => {
    port.send(message);
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    return answers.shift() as ImporterToPanel;
  };
}

const opening = (text: string, name = 'capture.har'): PanelToImporter => ({
  type: 'open',
  name,
  file: new Blob([text]),
});

const HIDING = { secrets: true, hosts: false, texts: [] };

describe('the importer', () => {
  it('answers a file with its diagnosis and what the file says of itself', async () => {
    const answer = await start()(opening(FAILING));
    expect(answer).toMatchObject({
      type: 'opened',
      state: { summary: { rootCause: 'cors-not-configured' }, recording: false },
      facts: { kind: 'har', tool: 'WebInspector 537.36', redacted: false, savedAt: null, notes: '' },
    });
    expect(answer).toMatchObject({ facts: { captured: { from: '2026-11-23T10:00:00.000Z' } } });
  });

  it('writes reports of it, redacted, and knows the notes that came with it', async () => {
    const ask = start();
    await ask(opening(FAILING));
    const exported = await ask({ type: 'export', requestId: 7, format: 'json', notes: '', hiding: HIDING });
    if (exported.type !== 'exported') throw new Error(exported.type);
    expect(exported.fileName).toMatch(/^socketio-report-.*\.json$/);
    const report = v.parse(reportSchema, JSON.parse(exported.text));
    expect(report).toMatchObject({ redacted: true, generator: { version: '1.2.3' } });

    const again = start();
    expect(await again(opening(JSON.stringify({ ...report, notes: 'I pressed Buy.' }), 'report.json'))).toMatchObject({
      facts: { kind: 'report', redacted: true, notes: 'I pressed Buy.', savedAt: report.createdAt },
    });
    const second = await again({ type: 'export', requestId: 8, format: 'json', notes: 'I pressed Buy.', hiding: HIDING });
    expect(second.type === 'exported' && JSON.parse(second.text)).toMatchObject({ notes: 'I pressed Buy.' });
  });

  it('lists packets', async () => {
    const ask = start();
    const allowed = { 'Access-Control-Allow-Origin': PAGE };
    const opened = await ask(opening(har(healthyEntries('SID0000000000000AAAA', 0, allowed))));
    const session = opened.type === 'opened' ? (opened.state.sessions[0]?.id ?? '') : '';
    expect(await ask({ type: 'packets', requestId: 1, session })).toMatchObject({
      type: 'packets',
      requestId: 1,
      packets: expect.arrayContaining([expect.objectContaining({ engine: 'open' })]),
    });
  });

  it('opens a file without any Socket.IO: that is no fault of the file', async () => {
    expect(await start()(opening(har([])))).toMatchObject({ type: 'opened', state: { endpoints: [] } });
  });

  it.each([
    ['{"log"', /^broken\.har is not JSON: /],
    ['', /^broken\.har is not JSON: /],
    ['{}', /^broken\.har: log\.entries is missing$/],
    ['<html></html>', /^broken\.har is HTML and holds no report of socketio-doctor$/],
    ['{"schema":"socketio-doctor/report/v7"}', /please update socketio-doctor$/],
  ])('refuses %j in one sentence', async (text, sentence) => {
    expect(await start()(opening(text, 'broken.har'))).toEqual({
      type: 'refused',
      message: expect.stringMatching(sentence),
    });
  });

  it('refuses a file that is too large before it reads it', async () => {
    class Large extends Blob {
      override get size() {
        return 300 * 1024 * 1024;
      }
      override text(): Promise<string> {
        return Promise.reject(new Error('it was read'));
      }
    }
    // A structured clone would make it small again.
    const said: unknown[] = [];
    let listener: (message: unknown) => void = () => {};
    serveImport(
      {
        post: (message) => said.push(message),
        onMessage: (hear) => {
          listener = hear;
          return () => {};
        },
        onDisconnect: () => () => {},
        disconnect: () => {},
      },
      '1',
    );
    listener({ type: 'open', name: 'large.har', file: new Large() });
    await expect
      .poll(() => said)
      .toEqual([
        {
          type: 'refused',
          message: expect.stringMatching(/^large\.har is too large to be opened here: 300 MB, and 256 MB/),
        },
      ]);
  });
});
