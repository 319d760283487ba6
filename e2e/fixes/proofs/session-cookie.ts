/** Logins that Socket.IO does not hear of, because the session's cookie does not come along. */
import type { At, Proof } from '../proof.ts';
import { quote } from './parties.ts';

const login = ({ server }: At) =>
  `await fetch(${quote(`${server}/login`)}, { credentials: 'include' }).catch(() => {});`;

/** A route and Socket.IO have to know the page by the same session. */
const compareSessions = ({ server }: At) => `
const { id } = await (await fetch(${quote(`${server}/session`)}, { credentials: 'include' })).json();
const own = await new Promise((resolve) => socket.emit('session', resolve));
if (id !== own) note('connect_error', 'not the session of the routes');`;

const withSessions =
  (cors: (page: string) => string, session: string) =>
  ({ page }: At) =>
    `import cors from 'cors';
import session from 'express-session';
import { Server } from 'socket.io';

const sessions = session({ secret: 'faulty', resave: false, saveUninitialized: true${session} });
app.use(cors(${cors(page)}), sessions);
const io = new Server(httpServer, { cors: ${cors(page)} });
io.engine.use(sessions);`;

const shared = {
  rule: 'connect-error-auth',
  fix: 'express-session',
  subject: 'express-session',
  isHttps: true,
  isCrossSite: true,
} as const;

export const sessionCookies: Proof[] = [
  {
    ...shared,
    variant: 'SameSite',
    client: {
      before: login,
      act: compareSessions,
      arguments: ({ server }) => `${quote(server)}, { withCredentials: true }`,
    },
    fault: withSessions((page) => `{ origin: ${quote(page)}, credentials: true }`, ''),
  },
  {
    ...shared,
    variant: 'credentials',
    client: { before: login, act: compareSessions },
    fault: withSessions((page) => `{ origin: ${quote(page)} }`, ", cookie: { sameSite: 'none', secure: true }"),
  },
];
