import type { CallSite } from '../model/exchange.ts';
import type { HarCallFrame, HarInitiator, HarStack } from '../model/har.ts';

/** Scripts that hold the client library, by the names that bundlers and CDNs give them. */
const LIBRARY_URL =
  /socket\.io|engine\.io|socket__io|engine__io|\/sio\.js|component[._-]emitter|node_modules\/(?!\.vite\/)/i;

/** Functions of socket.io-client and engine.io-client on the way from `io()` to the request. */
const LIBRARY_FUNCTION =
  /^(_?create|Request|_?doPoll|_?poll|request|_?doOpen|_?open|createSocket|createTransport|createRequest|Manager|Socket|SocketWithoutUpgrade|SocketWithUpgrade|Polling|XHR|BaseXHR|WS|BaseWS|connect|lookup|reconnect|probe|_?probe|onHandshake|onOpen|flush|doWrite|write|setTimeoutFn|emit|Emitter.*|Transport|_?maybeReconnectOnOpen)$/;

/** Minified names say nothing. */
const SHORT_NAME = 2;

/**
 * Where the page itself opened the connection: the innermost stack frame outside the client library. In a bundle, where all
 * frames share one URL, the library's frames are told by their function names; where those are minified, only a frame of
 * another script counts. Lines and columns are 1-based (DevTools counts from 0). Null when that leaves none, as in the stack
 * of a reconnect.
 */
export function callSiteOf(initiator: HarInitiator | undefined): CallSite | null {
  const frames = framesOf(initiator?.stack);
  const libraryUrl = frames[0]?.url;
  const frame = frames.find((candidate) => !isLibrary(candidate, libraryUrl));
  if (!frame?.url) return null;
  return {
    function: frame.functionName ?? '',
    url: frame.url,
    line: (frame.lineNumber ?? 0) + 1,
    column: (frame.columnNumber ?? 0) + 1,
  };
}

function isLibrary(frame: HarCallFrame, libraryUrl: string | undefined): boolean {
  if (!frame.url || LIBRARY_URL.test(frame.url)) return true;
  if (frame.url !== libraryUrl) return false;
  const name = lastName(frame.functionName ?? '');
  return name.length <= SHORT_NAME || LIBRARY_FUNCTION.test(name);
}

/** `Polling.doPoll` and `exports.Manager.open` are named by their last part. */
function lastName(functionName: string): string {
  return functionName.split('.').at(-1) ?? functionName;
}

/** The stack and its asynchronous parents, innermost first. */
function framesOf(stack: HarStack | undefined): HarCallFrame[] {
  const frames: HarCallFrame[] = [];
  for (let current = stack; current; current = current.parent) frames.push(...(current.callFrames ?? []));
  return frames;
}
