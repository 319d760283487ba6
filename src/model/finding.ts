import type { Severity } from './report.ts';

/** What a fault may be about; both the upgrade and a client that uses nothing else are `websocket`. */
export type Transport = 'polling' | 'websocket';

export type Confidence = 'certain' | 'likely' | 'hint';

export interface Evidence {
  /** Key of the exchange that shows it; null when it is the absence of one. */
  exchange: string | null;
  where: 'request header' | 'response header' | 'status' | 'body' | 'packet' | 'error' | 'url' | 'timing';
  name: string;
  /** What a working connection would have had there; null for "nothing". */
  expected: string | null;
  /** What was there; null for "nothing". */
  actual: string | null;
}

export interface Fix {
  id: string;
  /** Whom it is for, as the Stack box shows it: `Node.js Socket.IO v4`. */
  stack: string;
  /** A recovery sentence: "Add `http://localhost:3000` to `cors.origin`". */
  title: string;
  language: 'js' | 'ts' | 'py' | 'nginx' | 'yaml' | 'text' | 'sh';
  file: string;
  code: string;
  /** The same statement as it stands now, as far as the evidence shows it; only where the difference reads better than the code alone. */
  before?: string;
  /** It leaves the server as it is and goes around the fault: for those who cannot change the server. */
  workaround?: true;
}

/** A fix in a finding. */
export interface JudgedFix extends Fix {
  /** Whether such a text was taken from a report, put in place of the fault, and cured it: `npm run test:fixes`. */
  executed: boolean;
}

/** Where to look next, whatever the finding says: `language` and `file` as of a fix. */
export interface DeeperLook {
  title: string;
  language: Fix['language'];
  file: string;
  code: string;
}

/** What a rule answers for each fault it sees. */
export interface Hit {
  /** Keys of the sessions that show it. */
  sessions: string[];
  /** Keys of the exchanges that show it. */
  exchanges: string[];
  /** Which of the rule's named variants this is, e.g. `trailing-slash`; null when it has none. */
  detail?: string | null;
  /** Lower than the rule's default where the evidence is weaker; never higher unless `rules.json` says so. */
  confidence?: Confidence;
  severity?: Severity;
  /** Fills the placeholders of the rule's page; strict both ways. */
  params: Record<string, string>;
  evidence: Evidence[];
  fixes: Fix[];
  /** Rules that the same evidence would also fit. */
  alternatives?: string[];
  /** The namespace that the fault is about, as `/admin`: only a session that joins it shows that the fault is over. */
  namespace?: string;
  /** The transport that the fault is about, where it is another than that of all its exchanges; null: the cure may be another one. */
  transport?: Transport | null;
}
