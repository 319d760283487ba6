/** The panel's import as it was built, without the panel around it: a file goes in, and the report that is saved of it comes out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import * as v from 'valibot';
import { importerToPanel, type PanelToImporter } from '../src/messaging/import-contract.ts';
import { type Report, reportSchema } from '../src/model/report.ts';
import { EXTENSION } from './browser/chromium.ts';

type Answer = v.InferOutput<typeof importerToPanel>;

/** Opens the text of a file and saves it again as JSON. Throws what the panel would say. */
export async function reopened(text: string, name: string): Promise<Report> {
  const { say, hear } = startWorker();
  say({ type: 'open', name, file: new Blob([text]) });
  const opened = await hear();
  if (opened.type !== 'opened') throw new Error(opened.type === 'refused' ? opened.message : opened.type);
  const hiding = { secrets: true, hosts: false, texts: [] };
  say({ type: 'export', requestId: 1, format: 'json', notes: opened.facts.notes, hiding });
  const exported = await hear();
  if (exported.type !== 'exported') throw new Error(exported.type === 'failed' ? exported.message : exported.type);
  return v.parse(reportSchema, JSON.parse(exported.text));
}

/** A Web Worker that is none: its script, with the two ends of its port in hand. */
function startWorker(): { say(message: PanelToImporter): void; hear(): Promise<Answer> } {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const answers: Answer[] = [];
  let waiting: ((answer: Answer) => void) | null = null;
  script()({
    addEventListener: (_: string, listener: (event: { data: unknown }) => void) => listeners.push(listener),
    postMessage(message: unknown) {
      answers.push(v.parse(importerToPanel, structuredClone(message)));
      flush();
    },
  });
  function flush(): void {
    const [answer] = answers;
    if (!waiting || !answer) return;
    answers.shift();
    waiting(answer);
    waiting = null;
  }
  return {
    say(data) {
      for (const listener of listeners) listener({ data });
    },
    hear: () =>
      new Promise((resolve) => {
        waiting = resolve;
        flush();
      }),
  };
}

type Script = (self: object) => void;
let known: Script | null = null;

function script(): Script {
  if (known) return known;
  const folder = join(EXTENSION, 'assets');
  const [file, ...more] = readdirSync(folder).filter((name) => /^main-.*\.js$/.test(name));
  if (!file || more.length > 0) throw new Error('The built extension has no script of the importer, or several');
  known = v.parse(
    v.custom<Script>((value) => typeof value === 'function'),
    runInThisContext(`(function (self) {${readFileSync(join(folder, file), 'utf8')}\n})`),
  );
  return known;
}
