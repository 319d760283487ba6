import type { JudgedExchange } from '../../model/exchange.ts';
import { responseHeader } from './exchanges.ts';

/** Headers of hosts that run functions, where no Socket.IO server can stay (Vercel, Netlify). */
const HOST_HEADERS = ['x-vercel-id', 'x-nf-request-id'];

/** The header that names such a host; null when the answer has none. */
export function serverlessHeader(exchange: JudgedExchange): string | null {
  const known = HOST_HEADERS.find((name) => responseHeader(exchange, name) !== null);
  if (known) return known;
  return /^(vercel|netlify)$/i.test(responseHeader(exchange, 'Server') ?? '') ? 'Server' : null;
}
