import type { Server as HttpServer, RequestListener } from 'node:http';
import type { Need } from '../../scripts/find.mjs';
import type { CorsErrorName } from '../../src/cors/outcome.ts';
import type { Status } from '../../src/model/report.ts';

/**
 * One way for a Socket.IO connection to go wrong, or to look wrong and be fine: real servers, a real client, and what is
 * true of them.
 */
export interface Scenario {
  /** The file's name; also the page's address, `/s/<id>`. */
  id: string;
  /** Why it fails, or what is special about it, in the words of a list. */
  title: string;
  group: 'failing' | 'healthy';
  /** Programs that the scenario cannot do without. */
  needs?: Need | readonly Need[];
  /** Its page is served over https. */
  isHttps?: true;
  /** What a right diagnosis says. */
  expected: Expected;
  /** What independent witnesses say. A function, because some of it names the page's origin. */
  truth(at: { page: string }): Truth;
  start(lab: LabContext): Promise<Running>;
}

export interface Expected {
  /** Id of the rule; null where nothing is wrong. */
  rootCause: string | null;
  /** More than one where connections race. */
  status: Status | readonly Status[];
  /** The rule's named variant. */
  detail?: string;
  /** Rules that have something to say besides: other faults that want mending, remarks and consequences. */
  also?: readonly string[];
  /** The root cause is over by the time the page has settled: the client came back. */
  state?: 'resolved';
  /** Remarks on what is over. */
  resolved?: readonly string[];
}

/** Facts that do not come from us: from the client's events, the server's own events, and the browser's CORS verdict. */
export interface Truth {
  /** Message of the client's first `connect_error`; null when there is none; one of several where its requests race. */
  clientError: string | null | readonly string[];
  /** The client's transport once it has settled; null when it never connected; absent where it is a race. */
  transport?: 'polling' | 'websocket' | null;
  /** Code of every `connection_error` that the server itself reports; null when it reports none; absent where it is a race. */
  serverError?: number | null;
  /** Chromium's verdict on the polling requests that it blocked; null when it blocked none. */
  corsError: { error: CorsErrorName; parameter: string } | null;
}

/** The major versions of socket.io-client that the page can load. */
export type ClientVersion = 2 | 3 | 4;

/**
 * What goes wrong by the page’s own doing, or by the server’s when the page tells it to: `ping` sends the server’s part of the heartbeat,
 * `leak` opens connection after connection, `freeze-page` keeps the page’s thread busy, `freeze-server` the server’s, `flood` sends too much.
 */
type Act = 'ping' | 'leak' | 'freeze-page' | 'freeze-server' | 'flood';

/** The connection is lost, by what is done or by itself, and made again. */
type Loss = 'await-loss' | 'sleep' | 'ask-twice';

/** What the page does, as data. */
export interface ClientPlan {
  /** Major version of socket.io-client. */
  version: ClientVersion;
  connections: { url: string; options: Record<string, unknown> }[];
  /** What the page does with its connections once they have settled. */
  afterwards?:
    | 'disconnect'
    | 'reopen'
    | 'reconnect'
    | 'reload'
    | 'send-binary'
    | 'echo-binary'
    | 'echo-large'
    | Loss
    | Act;
  /** ms that the page stays after that, until it counts as settled. */
  staysFor?: number;
  /** ms after which the page counts as settled, although some connection still waits for something. */
  settlesAfter?: number;
  /** The page connects twice, and leaves the first connection at once. */
  isStrict?: true;
  /** What the page asks for first, as a page with a REST interface does. */
  fetches?: string[];
  /** The page is served with a sandbox, which takes its origin away. */
  isSandboxed?: true;
  /** Further headers that the page is served with. */
  pageHeaders?: Record<string, string>;
  /** Body of a service worker's `fetch` listener; it is in control before the page connects. */
  onFetch?: string;
}

/** A scenario whose servers are up. */
export interface Running {
  client: ClientPlan;
  /** Codes of the servers' `connection_error` events so far. */
  serverErrors: number[];
}

/** What the lab offers to a scenario. */
export interface LabContext {
  /** Origin of the lab's page. */
  page: string;
  /** The page's own server, for connections of the same origin. */
  pageServer: HttpServer;
  /** Has `app` answer what is asked of the page's own server at `path` and below. */
  mount(path: string, app: RequestListener): void;
  /**
   * Listens on loopback: from port 3001 upwards while someone looks, on any free port in tests. Resolves to the port.
   * The lab closes the server at its end.
   */
  listen(server: HttpServer): Promise<number>;
  /** A free port for a program that does its own listening. */
  freePort(): Promise<number>;
  /** Has something done when the lab closes. */
  atEnd(end: () => unknown): void;
}
