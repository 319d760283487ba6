/** `new Server(httpServer, {...})` of Node.js Socket.IO v4, as every server-side snippet shows it. */
import { block, type FixContext, js, pathOption } from './context.ts';

export interface ServerNeeds {
  /** Further origins that the server allows already and should keep allowing. */
  alsoAllow?: readonly string[];
  /** There is a list already, which cannot be seen. */
  hasList?: boolean;
  /** For `cors.allowedHeaders`; without it the server allows whatever a preflight asks for. */
  allowedHeaders?: readonly string[];
}

export const IMPORT_SERVER = 'import { Server } from "socket.io";';

/**
 * The statement, with everything that this page needs at once: path, protocol revision, origin, credentials. A fix that
 * satisfies one header only moves the error to the next.
 */
export function newServer(context: FixContext, needs: ServerNeeds = {}): string[] {
  const options = [...pathOption(context), ...protocolOption(context), ...corsOption(context, needs)];
  if (options.length === 0) return ['const io = new Server(httpServer);'];
  return block('const io = new Server(httpServer, {', options, '});');
}

function protocolOption({ eio }: FixContext): string[] {
  return eio === 3 ? ['allowEIO3: true, // the page uses a v2 client (EIO=3)'] : [];
}

function corsOption(context: FixContext, needs: ServerNeeds): string[] {
  if (context.page === null) return [];
  const origins = [...new Set([context.page, ...(needs.alsoAllow ?? [])])].map(js).join(', ');
  const others = needs.hasList ? ' // beside those that are listed already' : '';
  const options = [
    `origin: [${origins}],${others}`,
    ...credentialsOption(context),
    ...headersOption(needs.allowedHeaders),
  ];
  return block('cors: {', options, '},');
}

/**
 * Harmless with listed origins, and missing it fails a client that sends cookies: left out only when it is known to send none.
 * A v2 client sends them unless told otherwise.
 */
function credentialsOption({ credentials, eio }: FixContext): string[] {
  if (credentials === 'include' || eio === 3) return ['credentials: true, // the client sends cookies'];
  return credentials === 'omit' ? [] : ['credentials: true, // needed if the client sets withCredentials'];
}

function headersOption(headers: readonly string[] | undefined): string[] {
  return headers ? [`allowedHeaders: [${headers.map(js).join(', ')}],`] : [];
}
