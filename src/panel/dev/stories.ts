import type { PanelState } from '../../messaging/contract.ts';
import type { ReportExchange, ReportFinding } from '../../model/report.ts';
import { at, endpoint, exchange, finding, fix, PAGE, panelState, SERVER, session, step } from './builders.ts';

/** What the development page can show, by name. All of it is invented. */
export const STORIES: Record<string, () => PanelState> = {
  failing,
  mismatch,
  degraded,
  healthy,
  recovered,
  'not-seen': notSeen,
  many,
  hostile,
  idle: () => panelState(),
  'recording-off': () => panelState({ settings: { recording: false, preserveLog: false } }),
  'no-recorder': () => panelState({ recording: false }),
  unexplained,
};

type Cors = ReportExchange['cors'];

const cors = (parts: Partial<Cors>): Cors => ({
  verdict: 'pass',
  error: null,
  parameter: null,
  candidates: [],
  credentials: 'unknown',
  ...parts,
});

const BLOCKED = cors({ verdict: 'fail', error: 'MissingAllowOriginHeader' });
const SAME_ORIGIN = cors({ verdict: 'not-applicable', credentials: 'omit' });

const NODE_FIX = fix({
  title: `Allow \`${PAGE}\` in \`cors.origin\``,
  executed: true,
  code: `import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer();
const io = new Server(httpServer, {
  // Without this, Socket.IO v3 and later answer no other origin.
  cors: {
    origin: ['${PAGE}'],
    credentials: true,
  },
});

httpServer.listen(3001);
`,
});

const FIXES: ReportFinding['fixes'] = [
  NODE_FIX,
  fix({
    id: 'nest',
    stack: 'NestJS',
    title: `Allow \`${PAGE}\` in \`@WebSocketGateway\`; \`enableCors()\` does not reach it`,
    language: 'ts',
    file: 'events.gateway.ts',
    code: `@WebSocketGateway({\n  cors: { origin: ['${PAGE}'], credentials: true },\n})\nexport class EventsGateway {}\n`,
  }),
  fix({
    id: 'python',
    stack: 'python-socketio',
    title: `Allow \`${PAGE}\` in \`cors_allowed_origins\``,
    language: 'py',
    file: 'server.py',
    code: `import socketio\n\n# The exact origin: scheme, host and port.\nsio = socketio.AsyncServer(cors_allowed_origins=["${PAGE}"])\n`,
    executed: true,
  }),
  fix({
    id: 'nginx',
    stack: 'nginx, same origin',
    title: 'Serve both from one origin through the proxy',
    language: 'nginx',
    file: 'nginx.conf',
    code: `location /socket.io/ {\n  proxy_pass http://127.0.0.1:3001;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection $connection_upgrade;\n}\n`,
  }),
];

const CALL_SITE = { function: 'connect', url: `${PAGE}/src/chat.ts`, line: 41, column: 7 };

const NOT_CONFIGURED = finding({
  title: `The server at \`localhost:3001\` allows no other origin: CORS is not configured`,
  explanation: `## What happened

The page \`${PAGE}\` asked \`http://localhost:3001\` for a session. The server answered **200** and created one, but its answer has no
\`Access-Control-Allow-Origin\`, so the browser kept it from the page. The client sees only \`xhr poll error\`.

## How to fix

Tell Socket.IO which origins may connect. It is the \`cors\` option of the *Socket.IO server*; the \`cors()\` middleware of Express does not reach it.`,
  evidence: [
    {
      exchange: 'x1',
      where: 'response header',
      name: 'Access-Control-Allow-Origin',
      expected: PAGE,
      actual: null,
    },
    { exchange: 'x1', where: 'response header', name: 'Vary', expected: 'Origin', actual: null },
  ],
  alternatives: ['cors-proxy-stripped'],
  fixes: FIXES,
});

const STORM = finding({
  id: 'f2',
  rule: 'reconnect-storm',
  severity: 'warning',
  confidence: 'certain',
  title: 'The client tries again 14 times a minute',
  explanation: '## What happened\n\nEvery attempt fails alike, and the client does not wait longer between them.',
  causedBy: 'f1',
  evidence: [{ exchange: null, where: 'timing', name: 'Attempts a minute', expected: 'at most 10', actual: '14' }],
});

const DEVTOOLS_LATE = {
  code: 'devtools-opened-late',
  text: 'DevTools was opened after the page had started: what happened before is not in this diagnosis.',
};

function failing(): PanelState {
  const handshake = step('handshake', {
    outcome: 'failed',
    exchanges: ['x1'],
    text: 'Handshake (GET) was answered 200, but the browser withheld the answer from the page.',
  });
  return panelState({
    endpoints: [endpoint({ rootCause: 'cors-not-configured', sessions: ['s1'] }), healthyEndpoint()],
    sessions: [
      session({
        attempts: 7,
        clientError: 'xhr poll error',
        openedAt: CALL_SITE,
        server: { name: 'Socket.IO (Node)', version: '>=4.5' },
        steps: [handshake],
        findings: ['f1', 'f2'],
      }),
      healthySession(),
    ],
    exchanges: [exchange({ error: 'net::ERR_FAILED', cors: BLOCKED }), ...healthyExchanges()],
    findings: [NOT_CONFIGURED, STORM],
    summary: { status: 'failing', headline: NOT_CONFIGURED.title, rootCause: 'cors-not-configured' },
    limits: [DEVTOOLS_LATE],
  });
}

function mismatch(): PanelState {
  const title = `The server allows \`${PAGE}/\`, which is not the page’s origin: there is a slash too much`;
  const cause = finding({
    rule: 'cors-origin-mismatch',
    detail: 'trailing-slash',
    confidence: 'certain',
    title,
    explanation:
      '## What happened\n\nAn origin is scheme, host and port, compared letter by letter. It never ends in a slash.\n\n## How to fix\n\nRemove the slash from `cors.origin`.',
    evidence: [
      {
        exchange: 'x1',
        where: 'response header',
        name: 'Access-Control-Allow-Origin',
        expected: PAGE,
        actual: `${PAGE}/`,
      },
      {
        exchange: 'x2',
        where: 'response header',
        name: 'Access-Control-Allow-Origin',
        expected: PAGE,
        actual: 'https://127.0.0.1:3000',
      },
    ],
    fixes: [{ ...NODE_FIX, before: NODE_FIX.code.replace(`['${PAGE}']`, `'${PAGE}/'`) }],
  });
  const steps = [
    step('preflight', { exchanges: ['x2'], text: 'Preflight (OPTIONS) was answered 204 and allowed the request.' }),
    step('handshake', {
      outcome: 'failed',
      exchanges: ['x1'],
      at: at(9),
      text: 'Handshake (GET) was answered 200, but the browser withheld the answer from the page.',
    }),
  ];
  return panelState({
    endpoints: [endpoint({ rootCause: cause.rule, sessions: ['s1'] })],
    sessions: [session({ clientError: 'xhr poll error', openedAt: CALL_SITE, steps, findings: ['f1'] })],
    exchanges: [
      exchange({ id: 'x2', kind: 'preflight', method: 'OPTIONS', status: 204 }),
      exchange({
        error: 'net::ERR_FAILED',
        startedAt: at(9),
        cors: cors({ verdict: 'fail', error: 'AllowOriginMismatch', parameter: `${PAGE}/` }),
      }),
    ],
    findings: [cause],
    summary: { status: 'failing', headline: title, rootCause: cause.rule },
  });
}

function degraded(): PanelState {
  const title = 'The proxy does not forward WebSocket: the connection stays on polling';
  const upgrade = finding({
    rule: 'ws-upgrade-400-proxy',
    severity: 'warning',
    title,
    explanation:
      '## What happened\n\nPolling works on this very session, so the server is there. The upgrade was answered **400**: on its way the `Upgrade` header got lost.\n\n## How to fix\n\n- let the proxy speak HTTP/1.1 to the server\n- pass `Upgrade` and `Connection` on',
    evidence: [
      {
        exchange: 'x3',
        where: 'error',
        name: 'WebSocket error',
        expected: null,
        actual: 'Error during WebSocket handshake: Unexpected response code: 400',
      },
    ],
    fixes: [FIXES[3] ?? NODE_FIX],
  });
  const stuck = finding({
    id: 'f2',
    rule: 'stuck-on-polling',
    severity: 'warning',
    confidence: 'certain',
    title: 'The session polls although WebSocket was offered',
    causedBy: 'f1',
  });
  const exposure = finding({
    id: 'f3',
    rule: 'cswsh-exposure',
    severity: 'info',
    confidence: 'certain',
    title: 'Any site may open a WebSocket to this server',
    explanation:
      '## What happened\n\nCORS does not guard WebSocket. The server accepted this origin without checking it.',
  });
  return panelState({
    endpoints: [endpoint({ status: 'degraded', rootCause: upgrade.rule, sessions: ['s1'] })],
    sessions: [
      session({
        sid: 'lv_VI97HAXpY6yYWAAAC',
        state: 'connected',
        transport: 'polling',
        durationMs: null,
        server: { name: 'Socket.IO (Node)', version: '>=4.6' },
        namespaces: [
          { name: '/', state: 'connected', message: null },
          { name: '/admin', state: 'rejected', message: 'not authorized' },
        ],
        steps: [
          step('handshake', { exchanges: ['x1'], text: 'Handshake (GET) was answered 200.' }),
          step('connect', { exchanges: ['x2'], at: at(14), text: 'Joined namespace /.' }),
          step('upgrade', {
            exchanges: ['x3'],
            at: at(16),
            outcome: 'failed',
            text: 'Upgrade to WebSocket (WebSocket) got no answer (Error during WebSocket handshake: Unexpected response code: 400).',
          }),
          step('poll', { exchanges: ['x4'], at: at(1200), text: 'Polled 12 times.' }),
          step('heartbeat', { exchanges: ['x4'], at: at(25_200), text: 'Ping from the server, answered.' }),
          step('poll', {
            exchanges: ['x5'],
            at: at(26_000),
            outcome: 'pending',
            text: 'Poll (GET) is waiting for an answer.',
          }),
        ],
        findings: ['f1', 'f2', 'f3'],
      }),
    ],
    exchanges: [
      exchange(),
      exchange({ id: 'x2', method: 'POST', startedAt: at(10), durationMs: 3 }),
      exchange({
        id: 'x3',
        kind: 'websocket',
        url: 'ws://localhost:3001/socket.io/?EIO=4&transport=websocket&sid=lv_VI97HAXpY6yYWAAAC',
        status: 0,
        error: 'Error during WebSocket handshake: Unexpected response code: 400',
        cors: SAME_ORIGIN,
        durationMs: 6,
      }),
      exchange({ id: 'x4', durationMs: 24_000 }),
      exchange({ id: 'x5', status: 0, durationMs: null }),
    ],
    findings: [upgrade, stuck, exposure],
    summary: { status: 'degraded', headline: title, rootCause: upgrade.rule },
  });
}

function healthyEndpoint() {
  return endpoint({ id: 'e9', url: `${PAGE}/socket.io/`, status: 'healthy', sessions: ['s9'] });
}

function healthySession() {
  return session({
    id: 's9',
    endpoint: 'e9',
    sid: 'Zp3kQ-81mWc2hXUzAAAB',
    state: 'connected',
    transport: 'websocket',
    durationMs: null,
    server: { name: 'Socket.IO (Node)', version: '>=4.6' },
    namespaces: [{ name: '/', state: 'connected', message: null }],
    startedAt: at(2100),
    steps: [
      step('handshake', { exchanges: ['x91'], at: at(2100), text: 'Handshake (GET) was answered 200.' }),
      step('upgrade', { exchanges: ['x92'], at: at(2112), text: 'Upgrade to WebSocket (WebSocket) was answered 101.' }),
      step('probe', {
        exchanges: ['x92'],
        at: at(2118),
        text: 'The probe came back: the connection moves to WebSocket.',
      }),
      step('connect', { exchanges: ['x92'], at: at(2121), text: 'Joined namespace /.' }),
      step('heartbeat', { exchanges: ['x92'], at: at(27_121), text: 'The server pinged 4 times.' }),
    ],
  });
}

function healthyExchanges() {
  return [
    exchange({
      id: 'x91',
      url: `${PAGE}/socket.io/?EIO=4&transport=polling&t=abc`,
      startedAt: at(2100),
      cors: SAME_ORIGIN,
    }),
    exchange({
      id: 'x92',
      kind: 'websocket',
      url: 'ws://localhost:3000/socket.io/?EIO=4&transport=websocket&sid=Zp3kQ-81mWc2hXUzAAAB',
      status: 101,
      startedAt: at(2112),
      durationMs: null,
      cors: SAME_ORIGIN,
    }),
  ];
}

function healthy(): PanelState {
  return panelState({
    endpoints: [healthyEndpoint()],
    sessions: [healthySession()],
    exchanges: healthyExchanges(),
    summary: {
      status: 'healthy',
      headline: `Connected to \`${PAGE}/socket.io/\` over websocket. Nothing to fix.`,
      rootCause: null,
    },
  });
}

function recovered(): PanelState {
  const connected = { ...healthySession(), id: 's2', endpoint: 'e1' };
  return panelState({
    endpoints: [endpoint({ status: 'recovered', rootCause: 'cors-not-configured', sessions: ['s1', 's2'] })],
    sessions: [
      session({ attempts: 7, clientError: 'xhr poll error', openedAt: CALL_SITE, findings: ['f1'] }),
      connected,
    ],
    exchanges: [exchange({ cors: BLOCKED }), ...healthyExchanges()],
    findings: [{ ...NOT_CONFIGURED, state: 'resolved' }],
    summary: {
      status: 'recovered',
      headline: `Connected to \`${SERVER}\` over websocket. An earlier attempt had failed.`,
      rootCause: 'cors-not-configured',
    },
  });
}

/** A lucky attempt after those that failed. */
function notSeen(): PanelState {
  const state = recovered();
  return { ...state, findings: state.findings.map((each) => ({ ...each, mayReturn: true as const })) };
}

function unexplained(): PanelState {
  const headline = `The connection to \`${SERVER}\` fails, and no rule explains it: Handshake (GET) was answered 418.`;
  return panelState({
    endpoints: [endpoint({ sessions: ['s1'] })],
    sessions: [
      session({
        clientError: 'xhr poll error',
        steps: [step('handshake', { outcome: 'failed', exchanges: ['x1'], text: 'Handshake (GET) was answered 418.' })],
      }),
    ],
    exchanges: [exchange({ status: 418 })],
    summary: { status: 'failing', headline, rootCause: null },
    limits: [DEVTOOLS_LATE],
  });
}

const MANY_SESSIONS = 5000;

function many(): PanelState {
  const base = failing();
  const ids = Array.from({ length: MANY_SESSIONS }, (_, index) => `m${index}`);
  const sessions = ids.map((id, index) => ({
    ...healthySession(),
    id,
    endpoint: 'e2',
    sid: `${index.toString(36).padStart(8, 'a')}XpY6yYWAAAC`,
    state: index % 7 === 0 ? ('failed' as const) : ('closed' as const),
    attempts: index % 7 === 0 ? index + 1 : 1,
    startedAt: at(index * 1000),
  }));
  const storm = endpoint({ id: 'e2', url: 'https://api.example.com/realtime/', status: 'recovered', sessions: ids });
  return {
    ...base,
    endpoints: [storm, ...base.endpoints],
    sessions: [...sessions, ...base.sessions.map((each) => (each.id === 's1' ? { ...each, attempts: 500 } : each))],
    exchanges: [
      ...base.exchanges,
      ...ids.map((id, index) =>
        exchange({ id: `x-${id}`, url: `https://api.example.com/realtime/?EIO=4&transport=polling&t=${index}` }),
      ),
    ],
    dropped: { exchanges: 1204, sessions: 310 },
  };
}

const SCRIPT = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

function hostile(): PanelState {
  const url = `http://evil.example/${'very-long-segment-'.repeat(30)}/socket.io/`;
  const title = `Header says ${SCRIPT} and [click](javascript:alert(1)) ![x](http://evil.example/pixel.png)`;
  const bad = finding({
    rule: 'cors-origin-mismatch',
    title,
    explanation: `## What happened\n\n${SCRIPT}\n\n[click me](javascript:document.title='owned') <http://evil.example/auto> ![pixel](http://evil.example/pixel.png)\n\n<iframe src="http://evil.example"></iframe>`,
    evidence: [
      {
        exchange: 'x1',
        where: 'response header',
        name: 'Access-Control-Allow-Origin',
        expected: PAGE,
        actual: `http://localhost:3000\u202e${SCRIPT}\u0000\u200b`,
      },
      { exchange: 'x1', where: 'body', name: 'Body', expected: '0{…}', actual: 'x'.repeat(2000) },
    ],
    fixes: [fix({ title: SCRIPT, code: `${SCRIPT}\u202e\n${'y'.repeat(400)}`, file: '../../etc/passwd\u202e' })],
  });
  return panelState({
    endpoints: [endpoint({ url, pageOrigin: 'null', rootCause: bad.rule, sessions: ['s1'] })],
    sessions: [
      session({
        sid: `<b>${'s'.repeat(300)}`,
        clientError: `${SCRIPT}\u202egpj.exe`,
        openedAt: { function: SCRIPT, url: 'javascript:alert(1)', line: 1, column: 1 },
        steps: [step('handshake', { outcome: 'failed', text: SCRIPT })],
        namespaces: [{ name: `/${SCRIPT}`, state: 'rejected', message: SCRIPT }],
        findings: ['f1'],
      }),
    ],
    exchanges: [exchange({ url: `${url}?EIO=4&transport=polling&x=${SCRIPT}`, method: '<b>GET', error: SCRIPT })],
    findings: [bad],
    summary: { status: 'failing', headline: title, rootCause: bad.rule },
    limits: [{ code: 'x', text: SCRIPT }],
  });
}
