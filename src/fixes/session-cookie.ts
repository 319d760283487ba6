/** A login that Socket.IO shares with the routes, by express-session's cookie. */
import type { Fix } from '../model/finding.ts';
import { block, type FixContext, js, pathOption } from './context.ts';
import { connectInOneLine } from './socket-client.ts';
import { corsLines, IMPORT_SERVER } from './socket-server.ts';
import { fixFor } from './stacks.ts';

/**
 * One session for both, with leave for cookies on both sides. Empty for a page of the same origin, whose cookies come along.
 *
 * @param isCrossSite whether page and server are of different sites: then the cookie has to say that it may go there.
 * Sources: https://socket.io/how-to/use-with-express-session, https://expressjs.com/en/resources/middleware/session.html
 */
export function shareSession(context: FixContext, isCrossSite: boolean): Fix[] {
  if (context.page === null || context.eio === 3) return [];
  const both = { ...context, credentials: 'include' as const };
  const cookie = [
    '// goes to another site, over https alone; behind a proxy that ends TLS, also: proxy: true',
    '// partitioned: one for each site that shows the page, which browsers keep that block third parties’ cookies',
    'cookie: { sameSite: "none", secure: true, partitioned: true },',
  ];
  const options = [
    'secret: process.env.SESSION_SECRET,',
    'resave: false,',
    'saveUninitialized: false,',
    ...(isCrossSite ? cookie : []),
    '// your other options (store, name) stay',
  ];
  const check = block(
    'allowRequest: ({ headers: { origin } }, callback) => {',
    [
      '// CORS does not guard WebSocket, to which any site could now bring this cookie; no browser: no origin',
      `const origins = [...corsOptions.origin, ${js(context.server)}];`,
      'callback(null, origin === undefined || origins.includes(origin));',
    ],
    '},',
  );
  return [
    fixFor('express-session', 'Share the session of your routes, and let its cookie reach Socket.IO', [
      'import cors from "cors";',
      'import session from "express-session";',
      IMPORT_SERVER,
      '',
      `// in the page: ${connectInOneLine(both)}`,
      '// and fetch(url, { credentials: "include" }) where the page logs in',
      ...block('const sessions = session({', options, '});'),
      ...block('const corsOptions = {', corsLines(both, {}), '};'),
      'app.use(cors(corsOptions), sessions);',
      ...block('const io = new Server(httpServer, {', [...pathOption(context), 'cors: corsOptions,', ...check], '});'),
      'io.engine.use(sessions); // socket.request.session is that of the routes',
    ]),
  ];
}
