/** What the capture could not show, in words: a diagnosis that leaves something open says so. */
import type { Exchange } from '../model/exchange.ts';
import type { Limit } from '../model/report.ts';
import type { Endpoint } from '../model/session.ts';

interface LimitTest {
  code: string;
  text: string;
  applies(exchange: Exchange & { cors: { verdict: string; candidates: unknown[] } }): boolean;
}

const TESTS: LimitTest[] = [
  {
    code: 'websocket-error-hidden',
    text:
      'A WebSocket failed and its error text is empty: another extension (often an ad blocker) makes the browser withhold it, so the ' +
      'status that the server answered cannot be seen. An incognito window, where extensions are off, shows it.',
    applies: (exchange) =>
      exchange.kind === 'websocket' &&
      exchange.socketErrors.length > 0 &&
      exchange.socketErrors.every((text) => text === ''),
  },
  {
    code: 'body-not-captured',
    text: 'The content of some answers was not captured (DevTools was opened after they arrived, or the file leaves them out).',
    applies: (exchange) => exchange.response?.body.state === 'not-captured',
  },
  {
    code: 'cors-undecided',
    text:
      'For some requests the record does not show whether they were sent with credentials, and the browser’s verdict depends on it. ' +
      'The possible reasons are listed with the request.',
    applies: (exchange) => exchange.cors.verdict === 'unknown' && exchange.cors.candidates.length > 0,
  },
  {
    code: 'firefox-websocket-frames',
    text: 'Firefox shows extensions neither the frames nor the end of a WebSocket, so what happened inside it cannot be told.',
    applies: (exchange) =>
      exchange.kind === 'websocket' && exchange.dialect === 'firefox' && exchange.response?.status === 101,
  },
];

/** The limits that apply to these endpoints, each once. */
export function limitsOf(endpoints: readonly Endpoint[]): Limit[] {
  const exchanges = endpoints.flatMap((endpoint) => endpoint.sessions.flatMap((session) => session.exchanges));
  return TESTS.filter((test) => exchanges.some((exchange) => test.applies(exchange))).map(({ code, text }) => ({
    code,
    text,
  }));
}
