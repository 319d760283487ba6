import type { PanelState } from '../../messaging/contract.ts';
import type { ReportEndpoint, ReportExchange, ReportFinding, ReportSession, ReportStep } from '../../model/report.ts';

/** Invented data for the development page and the unit tests: name only what the case is about. */
export const PAGE = 'http://localhost:3000';
export const SERVER = 'http://localhost:3001/socket.io/';
const START_MS = Date.UTC(2026, 10, 22, 10, 0, 0);

/** ISO time, in ms after the start of the story. */
export const at = (ms: number): string => new Date(START_MS + ms).toISOString();

export function panelState(parts: Partial<PanelState> = {}): PanelState {
  return {
    endpoints: [],
    sessions: [],
    exchanges: [],
    findings: [],
    summary: { status: 'idle', headline: 'No Socket.IO connection seen yet.', rootCause: null },
    limits: [],
    dropped: { exchanges: 0, sessions: 0 },
    page: { url: `${PAGE}/`, origin: PAGE },
    settings: { recording: true, preserveLog: false },
    recording: true,
    workerId: 'w1',
    ...parts,
  };
}

export function endpoint(parts: Partial<ReportEndpoint> = {}): ReportEndpoint {
  return { id: 'e1', url: SERVER, pageOrigin: PAGE, status: 'failing', rootCause: null, sessions: [], ...parts };
}

export function session(parts: Partial<ReportSession> = {}): ReportSession {
  return {
    id: 's1',
    endpoint: 'e1',
    sid: null,
    eio: 4,
    transport: null,
    state: 'failed',
    attempts: 1,
    page: `${PAGE}/`,
    server: null,
    clientError: null,
    openedAt: null,
    startedAt: at(0),
    durationMs: 12,
    namespaces: [],
    steps: [],
    findings: [],
    ...parts,
  };
}

export function step(kind: ReportStep['kind'], parts: Partial<ReportStep> = {}): ReportStep {
  return { kind, outcome: 'ok', exchanges: [], at: at(0), text: `A ${kind}.`, ...parts };
}

export function exchange(parts: Partial<ReportExchange> = {}): ReportExchange {
  return {
    id: 'x1',
    entry: null,
    kind: 'polling',
    method: 'GET',
    url: `${SERVER}?EIO=4&transport=polling&t=k2p1x9aa`,
    status: 200,
    error: null,
    startedAt: at(0),
    durationMs: 4,
    cors: { verdict: 'pass', error: null, parameter: null, candidates: [], credentials: 'omit' },
    askedByUs: false,
    ...parts,
  };
}

export function finding(parts: Partial<ReportFinding> = {}): ReportFinding {
  return {
    id: 'f1',
    rule: 'cors-not-configured',
    detail: null,
    severity: 'error',
    confidence: 'likely',
    title: 'The server does not allow any other origin to read its answers',
    explanation: '## What happened\n\nThe answer came, and the browser withheld it.',
    endpoint: 'e1',
    sessions: ['s1'],
    exchanges: [],
    evidence: [],
    state: 'active',
    alternatives: [],
    causedBy: null,
    fixes: [],
    ...parts,
  };
}

export function fix(parts: Partial<ReportFinding['fixes'][number]> = {}): ReportFinding['fixes'][number] {
  return {
    id: 'node-v4',
    stack: 'Node.js Socket.IO v4',
    title: 'Allow the page’s origin',
    language: 'js',
    file: 'server.js',
    code: 'const io = new Server(httpServer);\n',
    executed: false,
    ...parts,
  };
}
