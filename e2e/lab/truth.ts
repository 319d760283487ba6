import type { Truth } from './scenario.ts';

/** What everybody says of a connection that works. */
export function connects(transport: 'polling' | 'websocket'): () => Truth {
  return () => ({ clientError: null, transport, serverError: null, corsError: null });
}
