/** The page of a proof: its script, headers and workers, with the fault in one of them where it is the page's own. */
import type { ClientVersion } from '../lab/scenario.ts';
import type { At, Proof } from './proof.ts';
import { bundleApp } from './react-app.ts';
import { withRegion } from './region.ts';
import { type PagePlan, readSource } from './site.ts';

/**
 * `page`: the page's own script; `page-work`: its long work; `page-headers`: what it is served with; `react`, `service-worker`: a
 * React application's hook and the page's service worker.
 */
const PAGE_SUBJECTS = ['page', 'page-work', 'page-headers', 'react', 'service-worker'] as const;
export type PageSubject = (typeof PAGE_SUBJECTS)[number];

/** Whether the fault is in the page's own code. */
export function isOfPage(subject: Proof['subject']): subject is PageSubject {
  return (PAGE_SUBJECTS as readonly string[]).includes(subject);
}

/** Writes the page as it is with the fault. */
export async function fillPage(plan: PagePlan, { client = {}, subject, fault }: Proof, at: At): Promise<void> {
  const call = client.arguments?.(at) ?? JSON.stringify(at.server);
  const faultOf = (part: PageSubject) => (subject === part ? fault(at) : '');
  plan.version = client.version ?? 4;
  plan.act = typeof client.act === 'function' ? client.act(at) : (client.act ?? '');
  plan.before = client.before?.(at) ?? '';
  plan.isSandboxed = client.isSandboxed ?? false;
  plan.waitsMs = client.waitsMs ?? plan.waitsMs;
  plan.server = at.server;
  plan.isApp = subject === 'react';
  plan.worker = await filled('service-worker.js', faultOf('service-worker'));
  plan.headers = await filled('headers.txt', faultOf('page-headers'));
  if (plan.isApp) plan.script = await bundleApp(fault(at));
  else if (subject === 'page-work') plan.script = await filled('working.js', fault(at));
  else plan.script = await filled('client.js', faultOf('page') || `const socket = io(${call});`);
}

async function filled(source: string, text: string): Promise<string> {
  return withRegion(await readSource(`page/${source}`), text);
}

/** Puts the fix in place of the fault, or into the page what the fix says of it. @param code the fix's text, as the report has it */
export async function changePage(plan: PagePlan, { subject }: Proof, code: string): Promise<void> {
  plan.isSandboxed = false;
  plan.version = clientOf(code) ?? plan.version;
  if (subject === 'react') plan.script = await bundleApp(code);
  else if (subject === 'service-worker') plan.worker = withRegion(plan.worker, code);
  else if (subject === 'page-headers') plan.headers = withRegion(plan.headers, code);
  else if (subject === 'page' || subject === 'page-work') plan.script = withRegion(plan.script, code);
  else {
    const line = /^(?:\/\/|#) in the page: (.+)$/m.exec(code)?.[1];
    if (line) plan.script = withRegion(plan.script, line);
  }
}

/** The client that the fix says to install first. */
function clientOf(code: string): ClientVersion | null {
  const version = Number(/npm install socket\.io-client@(\d)/.exec(code)?.[1]);
  return version === 2 || version === 3 || version === 4 ? version : null;
}
