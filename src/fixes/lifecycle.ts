/** Clients that open, close and reopen at the wrong moments. */
import type { Fix } from '../model/finding.ts';
import { BROWSER_CLIENT, type FixContext } from './context.ts';
import { connect } from './socket-client.ts';

function client(title: string, code: readonly string[]): Fix {
  return {
    id: 'browser-client',
    stack: BROWSER_CLIENT,
    title,
    language: 'js',
    file: 'client.js',
    code: code.join('\n'),
  };
}

/** One socket for the page, made once; components only listen. */
export function shareSocket(context: FixContext, namespace = '/'): Fix {
  return client('Open the connection once, outside of components', [
    '// at the top of a module of its own: a component that is mounted again must not run this again',
    ...connect(context, [], namespace),
    '',
    '// in a component: listen, and stop listening when it goes away (React: return this from useEffect)',
    'function listen(event, listener) {',
    '  socket.on(event, listener);',
    '  return () => socket.off(event, listener);',
    '}',
  ]);
}

/** After the server's DISCONNECT the client stays away until it is told otherwise. */
export function reconnectByHand(context: FixContext, namespace: string): Fix {
  return client('Connect again when the server has ended the connection', [
    ...connect(context, [], namespace),
    '',
    'socket.on("disconnect", (reason) => {',
    '  if (reason !== "io server disconnect") return; // else the client tries again by itself',
    '  setTimeout(() => socket.connect(), 5000); // if the server had no reason to send you away for good',
    '});',
  ]);
}

/** The client's own backoff (1 s, growing to 5 s) instead of a loop of one's own. */
export function keepBackoff(context: FixContext): Fix {
  return client('Leave reconnecting to the client', [
    '// without reconnectionDelay and reconnectionDelayMax: it waits 1 s, then longer, up to 5 s',
    ...connect(context),
    '',
    '// and no io() or socket.connect() in a "disconnect" or "connect_error" listener without a delay',
  ]);
}

/** The heartbeat is the library's own business. */
export function dropOwnPings(context: FixContext): Fix {
  return client('Drop the pings that the page sends itself', [
    ...connect(context),
    '',
    '// no socket.io.engine.sendPacket("ping"): in Engine.IO 4 the server pings, and the client answers by itself.',
    '// To measure the way there and back, send an event of your own:',
    'const start = performance.now();',
    'socket.emit("echo", () => console.log("round trip:", performance.now() - start, "ms"));',
  ]);
}

/**
 * Work that keeps a Node.js server from answering, in a thread of its own: a function in place of the one that took so long.
 * Source: https://nodejs.org/api/worker_threads.html
 */
export function freeTheEventLoop(): Fix {
  return {
    id: 'node-event-loop',
    stack: 'Node.js',
    title: 'Move long work off the event loop',
    language: 'js',
    file: 'server.js',
    code: [
      'import { Worker } from "node:worker_threads";',
      '',
      '// in place of what took so long, which moves to work.js, beside this file: there it reads workerData, and ends with',
      '// parentPort.postMessage(result). Callers wait for it: const result = await work(data)',
      'function work(workerData) {',
      '  return new Promise((resolve, reject) => {',
      '    const worker = new Worker(new URL("work.js", import.meta.url), { workerData });',
      '    worker.once("message", resolve);',
      '    worker.once("error", reject);',
      '  });',
      '}',
    ].join('\n'),
  };
}

/** Page code that keeps its thread busy cannot answer a ping. Source: https://developer.mozilla.org/en-US/docs/Web/API/Worker */
export function freeThePage(): Fix {
  return client('Move long work off the page’s thread', [
    '// in place of what took so long, which moves to work.js, beside the page: there it reads the data of a "message" event, and',
    '// ends with postMessage(result). Callers wait for it: const result = await work(data)',
    'function work(data) {',
    '  const worker = new Worker("work.js");',
    '  worker.postMessage(data);',
    '  return new Promise((resolve, reject) => {',
    '    worker.onmessage = ({ data: result }) => resolve(result);',
    '    worker.onerror = ({ message }) => reject(new Error(message));',
    '  }).finally(() => worker.terminate());',
    '}',
  ]);
}
